import HoneText

extension Configuration {
  /// Values of the regularisation that do not go together.
  var regularizationConflicts: [ConfigurationProblem] {
    proximalConflicts + constraintConflicts + clippingConflicts
  }

  private var proximalConflicts: [ConfigurationProblem] {
    let net = regularization.elasticNet
    guard regularization.proximal, regularization.l1 == 0, net.strength * net.mixing == 0 else {
      return []
    }
    return [
      problem(
        at: "regularization.proximal",
        Localized(
          "there is no absolute penalty to apply. Give l1 or elasticNet a strength above 0.",
          korean: "적용할 L1 규제가 없습니다. l1이나 elasticNet의 세기를 0보다 크게 지정하십시오."))
    ]
  }

  private var constraintConflicts: [ConfigurationProblem] {
    regularization.constraints.enumerated().compactMap { index, constraint in
      guard case .minMaxNorm(let minimum, let maximum, _) = constraint, minimum > maximum else {
        return nil
      }
      return problem(
        at: "regularization.constraints[\(index)]",
        Localized(
          "minimum is above maximum.", korean: "minimum이 maximum보다 큽니다."))
    }
  }

  private var clippingConflicts: [ConfigurationProblem] {
    guard let clip = training.gradientClip else { return [] }
    let given = [
      clip.norm.map { _ in "norm" }, clip.value.map { _ in "value" },
      clip.normEach.map { _ in "normEach" }, clip.adaptive.map { _ in "adaptive" },
    ].compactMap { $0 }
    guard given.count > 1 else { return [] }
    return [
      problem(
        at: "training.gradientClip",
        Localized(
          "\(given.joined(separator: " and ")) are given. Keep one of them.",
          korean: "\(given.joined(separator: ", "))이(가) 함께 지정되었습니다. 하나만 남기십시오."))
    ]
  }
}
