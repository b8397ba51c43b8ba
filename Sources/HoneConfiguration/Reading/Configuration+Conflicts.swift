public import HoneText

extension Configuration {
  /// Values that are each allowed and do not go together.
  var conflicts: [ConfigurationProblem] {
    dataConflicts + augmentationConflicts + modelConflicts + optimizerConflicts
      + secondOrderConflicts + scheduleConflicts
      + regularizationConflicts + stoppingConflicts + precisionConflicts
  }

  /// A problem with a key of this configuration, with the file and the place where it was written.
  public func problem(at path: String, _ sentence: Localized) -> ConfigurationProblem {
    ConfigurationProblem(
      file: source.file, position: source.position(of: path), path: path,
      reason: .inconsistent(sentence))
  }

  private var dataConflicts: [ConfigurationProblem] {
    var result: [ConfigurationProblem] = []
    if case .given(let mean, let std) = data.normalize, mean.count != std.count {
      result.append(
        problem(
          at: "data.normalize",
          Localized(
            "mean has \(mean.count) numbers and std \(std.count); they must be as many.",
            korean: "mean은 \(mean.count)개, std는 \(std.count)개입니다. 개수가 같아야 합니다.")))
    }
    if case .fraction(let validation) = data.validation, case .fraction(let test) = data.test,
      validation + test >= 1
    {
      result.append(
        problem(
          at: "data.validation",
          Localized(
            "validation and test together leave nothing to train on; their sum must be below 1.",
            korean: "validation과 test를 합하면 훈련할 데이터가 남지 않습니다. 합이 1보다 작아야 합니다.")))
    }
    if data.fold != nil, data.folds == nil {
      result.append(
        problem(
          at: "data.fold",
          Localized(
            "a fold is chosen and their number is not given. Set data.folds too.",
            korean: "겹을 골랐으나 겹의 수가 없습니다. data.folds도 지정하십시오.")))
    }
    if let name = data.time, name == data.group || name == data.target {
      result.append(
        problem(
          at: "data.time",
          Localized(
            "the column '\(name)' cannot be the time and something else as well.",
            korean: "열 '\(name)'을(를) 시각과 다른 용도로 함께 쓸 수 없습니다.")))
    }
    return result
  }
}
