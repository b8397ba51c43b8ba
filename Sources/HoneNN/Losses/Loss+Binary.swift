extension Loss {
  /// The cross-entropy of yes-or-no labels, from logits of any shape `[batch, …]` and targets between
  /// 0 and 1 of that shape.
  public static let binaryCrossEntropyWithLogits = Loss.binaryCrossEntropyWithLogits(
    positiveWeights: nil)

  /// The cross-entropy of yes-or-no labels, from logits of any shape `[batch, …]` and targets between
  /// 0 and 1 of that shape, with options.
  /// - Parameters:
  ///   - positiveWeights: what the loss of a yes is multiplied by, one number or one for each index of
  ///     the last dimension.
  ///   - labelSmoothing: by how much targets move towards one half, as in Keras; PyTorch has none.
  /// - Precondition: weights are not negative; `labelSmoothing` is at least 0 and less than 1.
  public static func binaryCrossEntropyWithLogits(
    positiveWeights: [Double]?, labelSmoothing: Double = 0
  ) -> Loss {
    requireWeights(positiveWeights, "positiveWeights", of: "Loss.binaryCrossEntropyWithLogits")
    requireFraction(labelSmoothing, "labelSmoothing", of: "Loss.binaryCrossEntropyWithLogits")
    return Loss(
      "binaryCrossEntropyWithLogits",
      .binaryCrossEntropyWithLogits(
        positiveWeights: positiveWeights, labelSmoothing: labelSmoothing))
  }

  /// The cross-entropy of yes-or-no labels for a model that ends in a sigmoid, as Keras computes it:
  /// probabilities are clipped to 1e-7…1-1e-7 before the logarithm.
  ///
  /// Prefer `binaryCrossEntropyWithLogits`, which loses nothing to clipping.
  /// - Parameter labelSmoothing: by how much targets move towards one half.
  /// - Precondition: `labelSmoothing` is at least 0 and less than 1.
  public static func binaryCrossEntropyOnProbabilities(labelSmoothing: Double = 0) -> Loss {
    requireFraction(labelSmoothing, "labelSmoothing", of: "Loss.binaryCrossEntropyOnProbabilities")
    return Loss(
      "binaryCrossEntropyOnProbabilities",
      .binaryCrossEntropyOnProbabilities(labelSmoothing: labelSmoothing))
  }

  /// The focal loss of yes-or-no labels, from logits of any shape and targets between 0 and 1 of that
  /// shape (arXiv 1708.02002), as torchvision's `sigmoid_focal_loss`.
  /// - Parameters:
  ///   - gamma: how little easy samples count; at 0 it is weighted cross-entropy.
  ///   - alpha: the weight of a yes; a no has `1 - alpha`. Both weigh 1 where nil.
  /// - Precondition: `gamma` is not negative, `alpha` is in 0...1.
  public static func binaryFocal(gamma: Double = 2, alpha: Double? = 0.25) -> Loss {
    requireWeights([gamma], "gamma", of: "Loss.binaryFocal")
    guard alpha.map({ (0...1).contains($0) }) ?? true else {
      fatalError("Loss.binaryFocal got alpha: \(alpha ?? 0); it must be in 0...1.")
    }
    return Loss("binaryFocal", .binaryFocal(gamma: gamma, alpha: alpha))
  }

  /// The hinge loss of yes-or-no labels, `max(0, 1 - y x)`, or its square: the loss of support vector
  /// machines; scores of any shape, targets of that shape.
  ///
  /// Targets above zero count as y = 1, others as y = -1, so that labels 0 and 1 fit as well as -1 and 1.
  public static func hinge(isSquared: Bool = false) -> Loss {
    Loss(isSquared ? "squaredHinge" : "hinge", .hinge(isSquared: isSquared))
  }
}
