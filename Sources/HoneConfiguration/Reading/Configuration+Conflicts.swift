public import HoneText

extension Configuration {
  /// Values that are each allowed and do not go together.
  var conflicts: [ConfigurationProblem] {
    dataConflicts + optimizerConflicts + scheduleConflicts + initializerConflicts
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

  private var optimizerConflicts: [ConfigurationProblem] {
    guard case .sgd(_, let momentum, nesterov: true, _) = optimizer, momentum == 0 else {
      return []
    }
    return [
      problem(
        at: "optimizer.nesterov",
        Localized(
          "Nesterov's step needs a momentum above 0.", korean: "네스테로프 방식에는 0보다 큰 momentum이 필요합니다."))
    ]
  }

  private var scheduleConflicts: [ConfigurationProblem] {
    guard case .multiStep(let milestones, _) = schedule.course,
      zip(milestones, milestones.dropFirst()).contains(where: { $0 >= $1 })
    else { return [] }
    return [
      problem(
        at: "schedule.milestones",
        Localized("milestones must ascend.", korean: "milestones는 오름차순이어야 합니다."))
    ]
  }

  private var initializerConflicts: [ConfigurationProblem] {
    guard case .layers(let layers) = model.architecture else { return [] }
    return initializerConflicts(layers, at: "model.layers")
  }

  private func initializerConflicts(
    _ layers: [LayerSpecification], at path: String
  ) -> [ConfigurationProblem] {
    layers.enumerated().flatMap { index, layer -> [ConfigurationProblem] in
      let place = "\(path)[\(index)]"
      switch layer {
      case .linear(_, _, .uniform(let low, let high)?) where low >= high,
        .conv1d(_, _, _, _, _, _, _, .uniform(let low, let high)?) where low >= high,
        .conv2d(_, _, _, _, _, _, _, .uniform(let low, let high)?) where low >= high:
        return [
          problem(
            at: place,
            Localized(
              "the initializer's low must be below its high.",
              korean: "초기화 방법의 low는 high보다 작아야 합니다."))
        ]
      case .sequence(let layers): return initializerConflicts(layers, at: "\(place).sequence")
      case .residual(let layers): return initializerConflicts(layers, at: "\(place).residual")
      case .parallel(let layers, _): return initializerConflicts(layers, at: "\(place).parallel")
      case .repeat(_, let layers):
        return initializerConflicts(layers, at: "\(place).repeat.layers")
      default: return []
      }
    }
  }
}
