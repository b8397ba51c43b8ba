public import HoneTensor

/// Several dimensions as one: with the defaults each sample as one row, `[batch, …]` to
/// `[batch, features]`.
public final class Flatten: Layer, CustomStringConvertible {
  /// The first of the dimensions that become one.
  public let start: Int
  /// The last of the dimensions that become one; negative numbers count from the end.
  public let end: Int

  /// A flattening.
  /// - Parameters:
  ///   - start: the first of the dimensions that become one.
  ///   - end: the last of them; negative numbers count from the end.
  public init(from start: Int = 1, through end: Int = -1) {
    self.start = start
    self.end = end
  }

  /// The flattened input.
  ///
  /// With the defaults `[batch, …]` to `[batch, features]`, where `[batch]` becomes `[batch, 1]`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if input.isPoisoned { return input }
    let rank = input.rank
    guard start == 1, end == -1 else { return flattened(input, rank) }
    return switch rank {
    case 2: input
    case 1: input.unsqueezed(at: 1)
    default: input.flattened(from: 1)
    }
  }

  /// The layer as code: `Flatten()`.
  public var description: String {
    start == 1 && end == -1 ? "Flatten()" : "Flatten(from: \(start), through: \(end))"
  }

  private func flattened(_ input: Tensor, _ rank: Int) -> Tensor {
    let first = start < 0 ? start + rank : start
    let last = end < 0 ? end + rank : end
    guard (0..<rank).contains(first), (first..<rank).contains(last) else {
      return failPrecondition(
        "\(self) received a tensor of shape \(input.shape); its dimensions \(start) through \(end) "
          + "do not exist in that order.")
    }
    return input.flattened(from: first, through: last)
  }
}
