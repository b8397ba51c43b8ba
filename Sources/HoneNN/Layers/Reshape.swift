public import HoneTensor

/// Each sample in another shape: `[batch, …]` to `[batch] + shape`.
public final class Reshape: Layer, CustomStringConvertible {
  /// A sample's new extents; one may be -1 and follows from the others.
  public let shape: [Int]

  /// A change of shape.
  /// - Parameter shape: a sample's new extents; one may be -1 and follows from the others.
  public init(shape: [Int]) {
    guard shape.allSatisfy({ $0 > 0 || $0 == -1 }), shape.count(where: { $0 == -1 }) <= 1 else {
      fatalError("Reshape got shape: \(shape); it must list positive extents and at most one -1.")
    }
    self.shape = shape
  }

  /// The reshaped input, `[batch] + shape`.
  public func callAsFunction(_ input: Tensor) -> Tensor {
    if input.isPoisoned { return input }
    let extents = input.shape
    let count = extents.dropFirst().reduce(1, *)
    let known = shape.reduce(1) { $1 == -1 ? $0 : $0 * $1 }
    guard !extents.isEmpty, shape.contains(-1) ? count % known == 0 : count == known else {
      return failPrecondition(
        "\(self) received a tensor of shape \(extents); the \(count) elements of a sample do not "
          + "fill the shape \(shape).")
    }
    return input.reshaped([extents[0]] + shape.map { $0 == -1 ? count / known : $0 })
  }

  /// The layer as code: `Reshape(shape: [16, 7, 7])`.
  public var description: String { "Reshape(shape: \(shape))" }
}
