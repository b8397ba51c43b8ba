extension OptimizerConfiguration {
  /// How the step lengths of L-BFGS are found.
  public enum StepRule: String, Sendable, Codable, CaseIterable {
    /// The strong Wolfe conditions.
    case strongWolfe
    /// The learning rate.
    case fixed
  }

  /// How far to go along a direction.
  public enum LineSearch: String, Sendable, Codable, CaseIterable {
    /// The strong Wolfe conditions (Moré and Thuente 1994).
    case strongWolfe
    /// Backtracking by Armijo's rule.
    case armijo
  }

  /// How much of the former direction conjugate gradients keep.
  public enum ConjugateFormula: String, Sendable, Codable, CaseIterable {
    /// Polak and Ribière 1969, never negative.
    case polakRibiere
    /// Fletcher and Reeves 1964.
    case fletcherReeves
    /// Hager and Zhang 2005.
    case hagerZhang
  }
}

extension OptimizerConfiguration.Method {
  /// Whether a step evaluates its loss more than once and relies on curvature.
  public var isSecondOrder: Bool {
    switch self {
    case .lbfgs, .bfgs, .conjugateGradient, .gaussNewton, .newtonCG, .newton,
      .levenbergMarquardt:
      true
    default: false
    }
  }
}
