/// What a convolution sees beyond the edges of its input; raw values are libtorch's.
public enum PaddingMode: String, Sendable, Hashable, CaseIterable {
  /// Zeros.
  case zeros
  /// The input mirrored at its edge, which is not repeated: `c b | a b c | b a`.
  case reflect
  /// The edge repeated: `a a | a b c | c c`.
  case replicate
  /// The input from its other end: `b c | a b c | a b`.
  case circular
}
