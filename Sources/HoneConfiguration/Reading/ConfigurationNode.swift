package import HoneRecords

/// What a file says at one place, with the place.
package struct ConfigurationNode: Sendable {
  package var content: Content
  package var position: SourcePosition?

  package indirect enum Content: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case list([ConfigurationNode])
    case map([Entry])
  }

  package struct Entry: Sendable {
    package var key: String
    package var position: SourcePosition?
    package var value: ConfigurationNode
  }

  package init(_ content: Content, position: SourcePosition? = nil) {
    self.content = content
    self.position = position
  }

  /// A node of a value that stands in no file.
  package init(value: ConfigurationValue) {
    switch value {
    case .null: self.init(.null)
    case .bool(let value): self.init(.bool(value))
    case .integer(let value): self.init(.integer(value))
    case .number(let value): self.init(.number(value))
    case .string(let value): self.init(.string(value))
    case .list(let values): self.init(.list(values.map { ConfigurationNode(value: $0) }))
    case .map(let values):
      let entries = values.sorted { $0.key < $1.key }
      self.init(
        .map(
          entries.map {
            Entry(key: $0.key, position: nil, value: ConfigurationNode(value: $0.value))
          }))
    }
  }

  /// The value without its places.
  package var value: ConfigurationValue {
    switch content {
    case .null: .null
    case .bool(let value): .bool(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .list(let nodes): .list(nodes.map(\.value))
    case .map(let entries):
      .map(Dictionary(entries.map { ($0.key, $0.value.value) }) { $1 })
    }
  }
}
