extension Loss {
  /// The mean of squared differences; output and target of one shape.
  public static let meanSquaredError = Loss("meanSquaredError", .meanSquaredError)

  /// The mean of absolute differences; output and target of one shape.
  public static let meanAbsoluteError = Loss("meanAbsoluteError", .meanAbsoluteError)

  /// Half of the squared difference up to `delta`, linear beyond (Huber 1964); output and target of
  /// one shape.
  /// - Precondition: `delta` is positive.
  public static func huber(delta: Double = 1) -> Loss {
    requirePositive(delta, "delta", of: "Loss.huber")
    return Loss("huber", .huber(delta: delta))
  }

  /// Huber's loss divided by its bound: half of the squared difference over `beta` up to `beta`, the
  /// absolute one less half of `beta` beyond; output and target of one shape.
  /// - Precondition: `beta` is positive.
  public static func smoothL1(beta: Double = 1) -> Loss {
    requirePositive(beta, "beta", of: "Loss.smoothL1")
    return Loss("smoothL1", .smoothL1(beta: beta))
  }

  /// The pinball loss, whose smallest mean is at a quantile of the targets (Koenker and Bassett 1978):
  /// `max(q d, (q - 1) d)` with d = target - output.
  ///
  /// Output and target of one shape.
  /// - Precondition: the quantile lies between 0 and 1.
  public static func quantile(_ quantile: Double = 0.5) -> Loss {
    guard quantile > 0, quantile < 1 else {
      fatalError("Loss.quantile got \(quantile); it must lie between 0 and 1.")
    }
    return Loss("quantile", .quantile(quantile))
  }

  /// The negative logarithm of a normal distribution's likelihood, for a model that says how sure it is
  /// (Nix and Weigend 1994): `(log v + (x - t)² / v) / 2`.
  ///
  /// Outputs are `[batch, 2 targets]`, the means followed by the logarithms of the variances v, so that
  /// any output is a variance; targets `[batch, targets]` or, for one, `[batch]`. `GaussianNLL` takes
  /// variances themselves, as PyTorch does.
  /// - Parameters:
  ///   - isFull: whether the constant `log(2π) / 2` is added.
  ///   - epsilon: the smallest variance that counts.
  /// - Precondition: `epsilon` is positive.
  public static func gaussianNLL(isFull: Bool = false, epsilon: Double = 1e-6) -> Loss {
    requirePositive(epsilon, "epsilon", of: "Loss.gaussianNLL")
    return Loss("gaussianNLL", .gaussianNLL(isFull: isFull, epsilon: epsilon))
  }

  /// The negative logarithm of a Poisson distribution's likelihood, for targets that are counts; output
  /// and target of one shape.
  ///
  /// Targets must not be standardized.
  /// - Parameters:
  ///   - isLogarithmic: whether the output is the rate's logarithm (`e^x - t x`) rather than the rate
  ///     (`x - t log(x + epsilon)`).
  ///   - isFull: whether the logarithm of t! is added, by Stirling's formula, for targets above 1.
  ///   - epsilon: what keeps the logarithm of a rate of zero finite.
  /// - Precondition: `epsilon` is positive.
  public static func poissonNLL(
    isLogarithmic: Bool = true, isFull: Bool = false, epsilon: Double = 1e-8
  ) -> Loss {
    requirePositive(epsilon, "epsilon", of: "Loss.poissonNLL")
    return Loss(
      "poissonNLL", .poisson(isLogarithmic: isLogarithmic, isFull: isFull, epsilon: epsilon))
  }
}
