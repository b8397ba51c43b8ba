public import HoneTensor

/// Which keys a query may look at.
///
/// Everything that is given must allow a key. A query that may look at nothing gets zeros.
public struct AttentionMask {
  /// True where a key is padding, `[batch, keys]`, `bool`; PyTorch's `key_padding_mask`.
  public var keyPadding: Tensor?
  /// True where a query may not look at a key, `bool`, `[queries, keys]` or a shape that broadcasts to
  /// `[batch, heads, queries, keys]`; PyTorch's boolean `attn_mask`.
  public var blocked: Tensor?
  /// Numbers added to the products before the softmax, of the same shapes as `blocked`.
  public var bias: Tensor?
  /// Whether query i looks at keys 0...i only.
  public var isCausal: Bool

  /// A mask; one without arguments allows every key.
  public init(
    keyPadding: Tensor? = nil, blocked: Tensor? = nil, bias: Tensor? = nil, isCausal: Bool = false
  ) {
    self.keyPadding = keyPadding
    self.blocked = blocked
    self.bias = bias
    self.isCausal = isCausal
  }

  /// Whether the causal rule is all there is, which kernels know without a mask.
  var isOnlyCausal: Bool { isCausal && keyPadding == nil && blocked == nil && bias == nil }

  /// True where a key is blocked, broadcasting to `[batch, heads, queries, keys]`; nil where none is.
  func blockedKeys(queries: Int, keys: Int, device: Device) -> Tensor? {
    var parts: [Tensor] = []
    if let keyPadding { parts.append(keyPadding.unsqueezed(at: 1).unsqueezed(at: 1)) }
    if let blocked { parts.append(blocked) }
    if isCausal {
      let ones = Tensor.ones([queries, keys], dtype: .bool, device: device)
      parts.append(ATen.triu(ones, diagonal: 1))
    }
    guard let first = parts.first else { return nil }
    return parts.dropFirst().reduce(first) { ATen.logical_or($0, other: $1) }
  }
}
