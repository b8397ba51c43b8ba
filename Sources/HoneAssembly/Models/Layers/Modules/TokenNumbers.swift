import HoneTensor

/// Brings the whole numbers of a vocabulary to the element type of indices: data are floating-point
/// numbers unless they are text.
final class TokenNumbers {
  private let name: String
  private let vocabulary: Int
  private var isChecked = false

  init(name: String, vocabulary: Int) {
    self.name = name
    self.vocabulary = vocabulary
  }

  /// The indices; a tensor that carries a complaint where the first batch is none.
  func callAsFunction(_ input: Tensor) -> Tensor {
    guard !input.isPoisoned, input.dtype.isFloatingPoint else { return input }
    let indices = input.cast(to: .int64)
    // Once, because it waits for the device; standardized data show at the first batch.
    if !isChecked, input.device.kind != .meta {
      isChecked = true
      let isWhole = (indices.cast(to: input.dtype) - input).absolute().maximum().item() == 0
      let (low, high) = (input.minimum().item(), input.maximum().item())
      guard isWhole, low >= 0, high < Double(vocabulary) else {
        return failPrecondition(
          "\(name) received numbers from \(low) to \(high); it needs whole numbers from 0 to "
            + "\(vocabulary - 1). Set data.normalize to none, or a larger vocabulary.")
      }
    }
    return indices
  }
}
