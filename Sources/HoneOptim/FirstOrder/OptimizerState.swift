public import HoneNumerics

/// What an optimiser remembers between steps, as plain values that a checkpoint stores.
public struct OptimizerState: Sendable, Equatable {
  /// The optimiser's kind, such as `AdamW`.
  public var kind: String
  /// Numbers by name.
  public var scalars: [String: Double]
  /// Arrays in the optimiser's order.
  ///
  /// Names are unique: `steps`, then `SLOT.INDEX`, where the index
  /// counts parameters across groups.
  public var tensors: [Entry]

  /// A state of the given parts.
  public init(kind: String, scalars: [String: Double] = [:], tensors: [Entry] = []) {
    self.kind = kind
    self.scalars = scalars
    self.tensors = tensors
  }

  /// A named array.
  public struct Entry: Sendable, Equatable {
    /// The name, unique within the state.
    public var name: String
    /// The elements.
    public var value: HostTensor

    /// An array under a name.
    public init(name: String, value: HostTensor) {
      self.name = name
      self.value = value
    }
  }
}
