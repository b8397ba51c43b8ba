public import HoneTensor

/// Pulls two vectors' directions together or apart: `1 - cos` for pairs that belong together,
/// `max(0, cos - margin)` for those that do not.
public struct CosineEmbedding: Sendable, Hashable {
  /// The cosine that vectors which do not belong together may have.
  public let margin: Double

  /// A loss.
  /// - Precondition: the margin is in -1...1.
  public init(margin: Double = 0) {
    guard (-1...1).contains(margin) else {
      fatalError("CosineEmbedding got margin: \(margin); it must be in -1...1.")
    }
    self.margin = margin
  }

  /// The loss of pairs.
  /// - Parameters:
  ///   - first: vectors, `[batch, features]`.
  ///   - second: their counterparts, of the same shape.
  ///   - target: 1 for pairs that belong together, -1 for others, `[batch]`.
  ///   - reduction: how the pairs' losses become one number.
  public func callAsFunction(
    _ first: Tensor, _ second: Tensor, _ target: Tensor, reduction: Loss.Reduction = .mean
  ) -> Tensor {
    if let refusal = mismatch("CosineEmbedding", [first, second]) { return refusal }
    return ATen.cosine_embedding_loss(
      raised(first), input2: raised(second), target: target, margin: margin,
      reduction: reduction.rawValue)
  }
}

/// Keeps an anchor nearer to a positive than to a negative by a margin (FaceNet, arXiv
/// 1503.03832): `max(0, d(a, p) - d(a, n) + margin)`.
public struct TripletMargin: Sendable, Hashable {
  /// By how much the negative shall be farther away.
  public let margin: Double
  /// The power of the norm that distances are measured with.
  public let power: Double
  /// What is added to differences, so that a distance of zero has a gradient.
  public let epsilon: Double
  /// Whether the positive's distance from the negative counts where it is the smaller one (Balntas and
  /// others 2016).
  public let swaps: Bool

  /// A loss.
  /// - Precondition: margin and power are positive.
  public init(margin: Double = 1, power: Double = 2, epsilon: Double = 1e-6, swaps: Bool = false) {
    requirePositive(margin, "margin", of: "TripletMargin")
    requirePositive(power, "power", of: "TripletMargin")
    self.margin = margin
    self.power = power
    self.epsilon = epsilon
    self.swaps = swaps
  }

  /// The loss of triplets, all `[batch, features]`.
  public func callAsFunction(
    anchor: Tensor, positive: Tensor, negative: Tensor, reduction: Loss.Reduction = .mean
  ) -> Tensor {
    if let refusal = mismatch("TripletMargin", [anchor, positive, negative]) { return refusal }
    return ATen.triplet_margin_loss(
      raised(anchor), positive: raised(positive), negative: raised(negative), margin: margin,
      p: power, eps: epsilon, swap: swaps, reduction: reduction.rawValue)
  }
}

/// Finds for each query its key among all keys of the batch (van den Oord and others 2018, arXiv
/// 1807.03748): the cross-entropy of cosines over a temperature.
public struct InfoNCE: Sendable, Hashable {
  /// What cosines are divided by; the default is that of He and others (arXiv 1911.05722).
  public let temperature: Double
  /// Whether keys also look for their queries, with the mean of both losses (as CLIP, arXiv 2103.00020).
  public let isSymmetric: Bool

  /// A loss.
  /// - Precondition: the temperature is positive.
  public init(temperature: Double = 0.07, isSymmetric: Bool = false) {
    requirePositive(temperature, "temperature", of: "InfoNCE")
    self.temperature = temperature
    self.isSymmetric = isSymmetric
  }

  /// The loss of a batch of pairs.
  /// - Parameters:
  ///   - queries: vectors of any length, `[batch, features]`.
  ///   - keys: their counterparts in the same order, of the same shape.
  ///   - negatives: further vectors that belong to no query, `[count, features]`.
  ///   - reduction: how the pairs' losses become one number.
  public func callAsFunction(
    _ queries: Tensor, _ keys: Tensor, negatives: Tensor? = nil,
    reduction: Loss.Reduction = .mean
  ) -> Tensor {
    if let refusal = mismatch("InfoNCE", [queries, keys]) { return refusal }
    guard queries.rank == 2 else {
      return failPrecondition(
        "InfoNCE received tensors of shape \(queries.shape); they must be [batch, features].")
    }
    let queries = directions(of: queries)
    let keys = directions(of: keys)
    let others = negatives.map { Tensor.concatenated([keys, directions(of: $0)]) } ?? keys
    let labels = Tensor.range(0, queries.shape[0], device: queries.device)
    func found(_ seeking: Tensor, _ among: Tensor) -> Tensor {
      let cosines = seeking.multiplied(by: among.transposed())
      return ATen.cross_entropy_loss(
        cosines * Scalar(1 / temperature), target: labels, reduction: reduction.rawValue)
    }
    let forward = found(queries, others)
    return isSymmetric ? (forward + found(keys, queries)) * 0.5 : forward
  }

  private func directions(of vectors: Tensor) -> Tensor {
    let vectors = raised(vectors)
    let norms = ATen.linalg_vector_norm(vectors, dim: [-1], keepdim: true)
    return vectors / norms.clamped(minimum: 1e-12)
  }
}
