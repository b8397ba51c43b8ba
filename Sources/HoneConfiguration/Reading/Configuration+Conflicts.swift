public import HoneText

extension Configuration {
  /// Values that are each allowed and do not go together.
  var conflicts: [ConfigurationProblem] {
    dataConflicts + augmentationConflicts + optimizerConflicts + scheduleConflicts
      + regularizationConflicts
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
    return result
  }
}
