import HoneNN
import HoneTensor

/// The axes of samples in another order; 1 is the first axis behind the batch.
final class Permuted: Layer, CustomStringConvertible {
  private let order: [Int]

  init(order: [Int]) { self.order = order }

  func callAsFunction(_ input: Tensor) -> Tensor {
    guard input.isPoisoned || input.rank == order.count + 1 else {
      return failPrecondition(
        "\(self) received a tensor of shape \(input.shape); it must have \(order.count + 1) "
          + "dimensions.")
    }
    return input.permuted([0] + order)
  }

  var description: String { "permute(order: \(order))" }
}
