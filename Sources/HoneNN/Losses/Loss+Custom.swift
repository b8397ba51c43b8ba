public import HoneTensor

/// A loss that a program brings along.
struct CustomLoss: Sendable, Hashable {
  let name: String
  let takesProbabilities: Bool
  let perSample: @Sendable (_ output: Tensor, _ target: Tensor) -> Tensor
  let reduce: (@Sendable (Tensor) -> Tensor)?

  /// Two closures cannot be compared: losses of one name count as one loss.
  static func == (first: CustomLoss, second: CustomLoss) -> Bool {
    first.name == second.name && first.takesProbabilities == second.takesProbabilities
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(takesProbabilities)
  }

  func loss(_ output: Tensor, _ target: Tensor, _ reduction: Loss.Reduction) -> Tensor {
    let losses = perSample(output, target)
    if reduction == .mean, let reduce { return reduce(losses) }
    return reduced(losses, reduction)
  }
}

extension Loss {
  /// A loss of your own.
  ///
  /// - Parameters:
  ///   - name: what records and reports call it. Two losses of one name count as equal.
  ///   - takesProbabilities: whether the model's outputs are probabilities already.
  ///   - reduce: makes one number of the samples' losses; their mean unless given.
  ///   - perSample: the losses of the samples, `[batch]` or with more dimensions, from the model's
  ///     output and the target: class indices (64-bit) or values.
  public static func custom(
    _ name: String, takesProbabilities: Bool = false,
    reduce: (@Sendable (Tensor) -> Tensor)? = nil,
    perSample: @escaping @Sendable (_ output: Tensor, _ target: Tensor) -> Tensor
  ) -> Loss {
    Loss(
      name,
      .custom(
        CustomLoss(
          name: name, takesProbabilities: takesProbabilities, perSample: perSample, reduce: reduce)
      ))
  }
}
