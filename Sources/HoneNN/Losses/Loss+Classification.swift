extension Loss {
  /// The cross-entropy of one label per sample, from logits `[batch, classes, …]`.
  ///
  /// Targets are class indices `[batch, …]`, whole numbers, or probabilities of the output's shape.
  /// With weights the mean over indices is the weighted one, Σ w loss / Σ w, as in PyTorch.
  /// - Parameters:
  ///   - labelSmoothing: the share of each target spread evenly over all classes (Szegedy et al.
  ///     2016).
  ///   - classWeights: one weight for each class.
  ///   - ignoring: the class index whose samples or positions take no part.
  /// - Precondition: `labelSmoothing` is at least 0 and less than 1; weights are not negative.
  public static func crossEntropy(
    labelSmoothing: Double = 0, classWeights: [Double]? = nil,
    ignoring: Int = Loss.ignoredByDefault
  ) -> Loss {
    requireFraction(labelSmoothing, "labelSmoothing", of: "Loss.crossEntropy")
    requireWeights(classWeights, "classWeights", of: "Loss.crossEntropy")
    return Loss(
      "crossEntropy",
      .crossEntropy(
        labelSmoothing: labelSmoothing, classWeights: classWeights, ignoring: ignoring))
  }

  /// The focal loss of one label per sample, `-(1 - p)^gamma · log p`, from logits and targets as
  /// cross-entropy takes them (arXiv 1708.02002).
  ///
  /// What is answered well counts little, so that many easy samples do not drown few hard ones. For
  /// targets that are shares it is `-Σ t (1 - p)^gamma log p` over classes. Weights multiply losses; the
  /// mean is the plain one over all that take part.
  /// - Parameters:
  ///   - gamma: how little easy samples count; at 0 it is cross-entropy.
  ///   - classWeights: one weight for each class, α in the paper.
  ///   - ignoring: the class index whose samples or positions take no part.
  /// - Precondition: `gamma` and weights are not negative.
  public static func focal(
    gamma: Double = 2, classWeights: [Double]? = nil, ignoring: Int = Loss.ignoredByDefault
  ) -> Loss {
    requireWeights([gamma], "gamma", of: "Loss.focal")
    requireWeights(classWeights, "classWeights", of: "Loss.focal")
    return Loss("focal", .focal(gamma: gamma, classWeights: classWeights, ignoring: ignoring))
  }

  /// The divergence of the targets' distribution from the model's, `Σ t (log t - log p)` (Kullback and
  /// Leibler 1951), from logits and targets as cross-entropy takes them.
  ///
  /// It is cross-entropy less the entropy of the targets: the gradients are the same, and a perfect
  /// answer has no loss whatever the targets' shares. The mean is that over samples, PyTorch's
  /// `batchmean`.
  /// - Parameter labelSmoothing: the share of each target spread evenly over all classes.
  /// - Precondition: `labelSmoothing` is at least 0 and less than 1.
  public static func klDivergence(labelSmoothing: Double = 0) -> Loss {
    requireFraction(labelSmoothing, "labelSmoothing", of: "Loss.klDivergence")
    return Loss("klDivergence", .klDivergence(labelSmoothing: labelSmoothing))
  }

  /// The hinge loss of one label among several classes, `Σ max(0, margin - x[y] + x[i])^power /
  /// classes` over i ≠ y (Crammer and Singer 2001); scores `[batch, classes]`, indices `[batch]`.
  /// - Parameters:
  ///   - margin: by how much the right score shall exceed the others.
  ///   - power: 1 or 2.
  ///   - classWeights: one weight for each class, multiplied into the sum before its power is divided.
  /// - Precondition: `power` is 1 or 2; weights are not negative.
  public static func multiMargin(
    margin: Double = 1, power: Int = 1, classWeights: [Double]? = nil
  ) -> Loss {
    guard power == 1 || power == 2, margin.isFinite else {
      fatalError("Loss.multiMargin got power: \(power), margin: \(margin); the power is 1 or 2.")
    }
    requireWeights(classWeights, "classWeights", of: "Loss.multiMargin")
    return Loss(
      "multiMargin", .multiMargin(margin: margin, power: power, classWeights: classWeights))
  }

  /// The cross-entropy of a model that ends in a softmax, as Keras computes it: rows `[batch, classes]`
  /// are divided by their sums and clipped to 1e-7…1-1e-7 before the logarithm.
  ///
  /// Targets are class indices (Keras' sparse form) or shares. Prefer `crossEntropy` on logits, which
  /// loses nothing to clipping: here a sample that is wrong beyond 1e-7 has no gradient.
  /// - Parameters:
  ///   - labelSmoothing: the share of each target spread evenly over all classes.
  ///   - classWeights: one weight for each class; the mean is then Σ w loss / Σ w over indices.
  /// - Precondition: `labelSmoothing` is at least 0 and less than 1; weights are not negative.
  public static func crossEntropyOnProbabilities(
    labelSmoothing: Double = 0, classWeights: [Double]? = nil
  ) -> Loss {
    requireFraction(labelSmoothing, "labelSmoothing", of: "Loss.crossEntropyOnProbabilities")
    requireWeights(classWeights, "classWeights", of: "Loss.crossEntropyOnProbabilities")
    return Loss(
      "crossEntropyOnProbabilities",
      .crossEntropyOnProbabilities(labelSmoothing: labelSmoothing, classWeights: classWeights))
  }
}
