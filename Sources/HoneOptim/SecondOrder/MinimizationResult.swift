public import HoneText

/// How a minimization ended; the parameters hold the best point.
public struct MinimizationResult: Sendable, Equatable {
  /// Why a minimization ended.
  public enum Termination: String, Sendable, Equatable, CaseIterable {
    /// The gradient is as small as asked for.
    case gradient
    /// The value no longer falls by as much as asked for.
    case value
    /// The steps are as short as asked for.
    case step
    /// No lower point was found along any direction: what is left is rounding.
    case noDescent
    /// All iterations were used.
    case iterations
    /// All evaluations were used.
    case evaluations
    /// The objective is not finite at the start.
    case notFinite
  }

  /// The objective's value, the start's where nothing lower was found.
  public let value: Double
  /// The largest absolute element of the gradient.
  public let gradientNorm: Double
  /// Steps taken.
  public let iterations: Int
  /// How often the objective was evaluated.
  public let functionEvaluations: Int
  /// How often its gradient (for sums of squares: the Jacobian) was evaluated.
  public let gradientEvaluations: Int
  /// How often the Hessian was multiplied by a vector.
  public let hessianProducts: Int
  /// Why it ended.
  public let termination: Termination

  /// Whether the end is a minimum to the tolerances asked for.
  public var isConverged: Bool {
    switch termination {
    case .gradient, .value, .step: true
    case .noDescent, .iterations, .evaluations, .notFinite: false
    }
  }

  /// Why it ended, as a sentence with the numbers.
  public var explanation: Localized {
    switch termination {
    case .gradient:
      Localized(
        "Converged: the largest element of the gradient is \(gradientNorm).",
        korean: "수렴했습니다. 기울기의 가장 큰 성분이 \(gradientNorm)입니다.")
    case .value:
      Localized(
        "Converged: the value \(value) no longer falls by the share asked for.",
        korean: "수렴했습니다. 함숫값 \(value)이(가) 더 이상 지정한 비율만큼 줄지 않습니다.")
    case .step:
      Localized(
        "Converged: steps are as short as asked for; the gradient's largest element is "
          + "\(gradientNorm).",
        korean: "수렴했습니다. 이동 거리가 지정한 만큼 짧아졌으며 기울기의 가장 큰 성분은 "
          + "\(gradientNorm)입니다.")
    case .noDescent:
      Localized(
        "Stopped: no lower value than \(value) was found, along the negative gradient either; the "
          + "gradient's largest element is \(gradientNorm). What is left is rounding, or the "
          + "objective is not smooth or differs between evaluations.",
        korean: "중단했습니다. 음의 기울기 방향으로도 \(value)보다 낮은 값을 찾지 못했습니다. 기울기의 가장 큰 "
          + "성분은 \(gradientNorm)입니다. 반올림 오차의 한계이거나, 목적 함수가 매끄럽지 않거나 평가할 때마다 "
          + "달라집니다.")
    case .iterations:
      Localized(
        "Stopped after \(iterations) iterations, all that were allowed; the gradient's largest element "
          + "is \(gradientNorm).",
        korean: "허용된 반복 \(iterations)회를 모두 사용하여 중단했습니다. 기울기의 가장 큰 성분은 "
          + "\(gradientNorm)입니다.")
    case .evaluations:
      Localized(
        "Stopped after \(functionEvaluations) evaluations, all that were allowed; the gradient's "
          + "largest element is \(gradientNorm).",
        korean: "허용된 평가 \(functionEvaluations)회를 모두 사용하여 중단했습니다. 기울기의 가장 큰 성분은 "
          + "\(gradientNorm)입니다.")
    case .notFinite:
      Localized(
        "Not started: the objective or its gradient is not finite at the first point.",
        korean: "시작하지 못했습니다. 첫 지점에서 목적 함수나 기울기가 유한하지 않습니다.")
    }
  }
}
