public import HoneTensor

/// DropBlock (Ghiasi, Lin and Le 2018): dropout of contiguous squares of each channel of images, whose
/// neighboring positions say nearly the same.
///
/// In training squares of `blockSize` are zero, as many as drop about `probability` of all positions;
/// the rest is scaled by the number of positions over the number kept. As in torchvision, whose layer
/// takes odd block sizes only.
/// The draws come from the source that `withRandomSource` gives the thread, one for each batch of a run.
public final class DropBlock2d: Layer, ModeDependent, CustomStringConvertible {
  /// The share of positions that are dropped, about.
  public let probability: Double
  /// The side of the squares; smaller images take their own smaller side.
  public let blockSize: Int
  /// What is added to the number of kept positions, so that nothing is divided by zero.
  public let epsilon: Double
  /// Whether squares are dropped.
  public var isTraining = true

  /// A dropout of squares.
  /// - Parameters:
  ///   - probability: the share of positions that are dropped, about.
  ///   - blockSize: the side of the squares.
  ///   - epsilon: what is added to the number of kept positions.
  /// - Precondition: the probability is at least 0 and less than 1.
  public init(probability: Double, blockSize: Int, epsilon: Double = 1e-6) {
    requireFraction(probability, "probability", of: "DropBlock2d")
    requirePositive(blockSize, "blockSize", of: "DropBlock2d")
    self.probability = probability
    self.blockSize = blockSize
    self.epsilon = epsilon
  }

  /// The input with squares dropped, `[batch, channels, height, width]` as it was.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if input.isPoisoned { return input }
    let shape = input.shape
    guard shape.count == 4 else {
      return failPrecondition(
        "\(self) received a tensor of shape \(shape); it must have the 4 dimensions "
          + "\(layout(axes: 2)).")
    }
    guard isTraining, probability > 0, !input.isMeta else { return input }
    let kept = withoutGradients { 1 - dropped(shape, like: input) }
    let scale = Scalar(Double(kept.count)) / (kept.sum() + Scalar(epsilon))
    return input * kept * scale
  }

  /// The layer as code: `DropBlock2d(probability: 0.1, blockSize: 7)`.
  public var description: String {
    "DropBlock2d(probability: \(probability), blockSize: \(blockSize))"
  }

  /// Ones where squares lie: their first corners are drawn, then each grows to its size.
  private func dropped(_ shape: [Int], like input: Tensor) -> Tensor {
    let (height, width) = (shape[2], shape[3])
    let side = min(blockSize, height, width)
    let (rows, columns) = (height - side + 1, width - side + 1)
    let rate = probability * Double(height * width) / Double(side * side * rows * columns)
    let corners = keptOnes([shape[0], shape[1], rows, columns], like: input, 1 - min(1, rate))
    let margins = [Int](repeating: side - 1, count: 4)
    return ATen.max_pool2d(
      ATen.constant_pad_nd(corners, pad: margins), kernel_size: [side, side], stride: [1, 1])
  }
}
