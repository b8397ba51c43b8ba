public import HoneTensor

/// Where sequences of token numbers end: everything behind the last token that is not padding.
///
/// Models for text take `[batch, length]` token numbers alone and find the lengths by this, so that
/// they are layers like any other.
public struct TokenPadding {
  /// True where a position is padding, `[batch, length]`, `bool`.
  public let isPadding: Tensor
  /// The number of tokens of each sequence, `[batch]`, `int64`; at least 1, so that a sequence of
  /// nothing but padding counts as one token.
  public let lengths: Tensor

  /// The padding of some sequences.
  ///
  /// A padding token with tokens behind it belongs to the sequence.
  /// - Parameters:
  ///   - tokens: `[batch, length]` of whole numbers.
  ///   - paddingIndex: the number that stands for padding.
  public init(_ tokens: Tensor, paddingIndex: Int = 0) {
    if tokens.isPoisoned {
      isPadding = tokens
      lengths = tokens
      return
    }
    let positions = Tensor.range(1, tokens.shape[1] + 1, device: tokens.device)
    let isToken = ATen.ne_Scalar(tokens, other: Scalar(paddingIndex))
    lengths = (isToken * positions).maximum(along: [1]).clamped(minimum: 1)
    isPadding = ATen.gt_Tensor(positions, other: lengths.unsqueezed(at: 1))
  }
}
