public import HoneTensor

/// Connectionist temporal classification: the loss of a sequence of labels whose places in a longer
/// sequence of outputs are unknown (Graves and others 2006).
///
/// It sums over all ways to spread the labels over the steps, with a blank in between.
public struct CTC: Sendable, Hashable {
  /// The class that stands for no label.
  public let blank: Int
  /// Whether a sequence that is too short for its labels counts zero instead of infinity.
  public let zeroesInfinities: Bool

  /// A loss.
  public init(blank: Int = 0, zeroesInfinities: Bool = false) {
    self.blank = blank
    self.zeroesInfinities = zeroesInfinities
  }

  /// The loss of a batch of sequences; the mean divides each by its number of labels first, as in
  /// PyTorch.
  /// - Parameters:
  ///   - logarithms: the logarithms of probabilities, `[steps, batch, classes]`, as of `logSoftmax`.
  ///   - targets: labels `[batch, longest]`, padded with anything, whole numbers.
  ///   - lengths: the steps of each sequence that count.
  ///   - targetLengths: the labels of each sequence.
  ///   - reduction: how the sequences' losses become one number.
  public func callAsFunction(
    _ logarithms: Tensor, _ targets: Tensor, lengths: [Int], targetLengths: [Int],
    reduction: Loss.Reduction = .mean
  ) -> Tensor {
    if logarithms.isPoisoned || targets.isPoisoned { return .poisoned }
    let shape = logarithms.shape
    guard shape.count == 3, lengths.count == shape[1], targetLengths.count == shape[1],
      targets.rank == 2, targets.shape[0] == shape[1]
    else {
      return failPrecondition(
        "CTC received outputs of shape \(shape), targets of shape \(targets.shape), \(lengths.count) "
          + "lengths and \(targetLengths.count) target lengths; it needs [steps, batch, classes], "
          + "[batch, longest] and one length of each kind for every sequence.")
    }
    return ATen.ctc_loss_IntList(
      raised(logarithms), targets: targets.cast(to: .int64), input_lengths: lengths,
      target_lengths: targetLengths, blank: blank, reduction: reduction.rawValue,
      zero_infinity: zeroesInfinities)
  }
}
