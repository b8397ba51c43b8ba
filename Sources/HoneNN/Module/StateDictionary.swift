public import HoneNumerics

/// The values of a module's parameters and buffers under their dotted paths, in declaration order,
/// in host memory: what checkpoints hold and tasks exchange.
public struct StateDictionary: Sendable, Hashable {
  /// One named array.
  public struct Entry: Sendable, Hashable {
    /// The dotted path: `0.weight`.
    public let name: String
    /// The values.
    public let value: HostTensor

    /// An array under a name.
    public init(name: String, value: HostTensor) {
      self.name = name
      self.value = value
    }
  }

  /// The arrays in their order.
  public let entries: [Entry]
  private let positions: [String: Int]

  /// The given arrays.
  /// - Precondition: no name appears twice.
  public init(_ entries: [Entry]) {
    var positions: [String: Int] = [:]
    for (index, entry) in entries.enumerated() {
      guard positions.updateValue(index, forKey: entry.name) == nil else {
        fatalError("StateDictionary got the name \(entry.name) twice; names must differ.")
      }
    }
    self.entries = entries
    self.positions = positions
  }

  /// The names in their order.
  public var names: [String] { entries.map(\.name) }

  /// The array of a name; nil where there is none.
  public subscript(name: String) -> HostTensor? { positions[name].map { entries[$0].value } }

  /// The same arrays under other names; those mapped to nil are left out.
  /// - Precondition: the new names differ.
  public func renamed(_ name: (String) -> String?) -> StateDictionary {
    StateDictionary(
      entries.compactMap { entry in
        name(entry.name).map { Entry(name: $0, value: entry.value) }
      })
  }
}
