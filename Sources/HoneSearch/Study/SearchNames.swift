/// The samplers by the names that commands use.
public enum SamplerName: String, Sendable, CaseIterable {
  /// By the space and the number of trials.
  case auto
  /// At random.
  case random
  /// Evenly spread at random.
  case sobol
  /// Every cell of a grid once.
  case grid
  /// Tree-structured Parzen estimator.
  case tpe
  /// Gaussian process with expected improvement.
  case gp
  /// Adaptation of a covariance matrix.
  case cmaes

  /// The sampler.
  public var sampler: any TrialSampler {
    switch self {
    case .auto: .auto
    case .random: .random
    case .sobol: .sobol
    case .grid: .grid
    case .tpe: .tpe
    case .gp: .gaussianProcess
    case .cmaes: .cmaES
    }
  }
}

/// The pruners by the names that commands use.
public enum PrunerName: String, Sendable, CaseIterable {
  /// Every trial runs to its end.
  case none
  /// Below the median of the others at its step.
  case median
  /// Not among the best quarter of the others at its step.
  case percentile
  /// No better than five steps ago.
  case patience
  /// Below the best third at each rung.
  case halving
  /// Successive halving in brackets of different patience.
  case hyperband
  /// Successive halving that pauses trials instead of ending them.
  case asha

  /// The pruner; nil for none.
  public var pruner: (any TrialPruner)? {
    switch self {
    case .none: nil
    case .median: .median
    case .percentile: PercentilePruner(25)
    case .patience: PatiencePruner(5)
    case .halving: .halving
    case .hyperband: .hyperband
    case .asha: .asha
    }
  }
}
