package import HoneText

/// What may stand at a key: the description from which reading, messages, the JSON schema and the
/// starting file are made.
package indirect enum ValueShape: Sendable {
  /// true or false.
  case flag
  /// A whole number.
  case integer(ClosedRange<Int>)
  /// A number.
  case number(NumberRange)
  /// Any text.
  case text
  /// One of some words.
  case choice([String])
  /// A list with so many elements.
  case list(ValueShape, ClosedRange<Int>)
  /// A map whose keys are the user's.
  case map(ValueShape)
  /// A map with keys of ours.
  case object([Parameter])
  /// Something or null.
  case optional(ValueShape)
  /// One of several shapes that differ in kind.
  case either([ValueShape])
  /// A bare name, or a map of one name and its parameters.
  case component(ComponentFamily)
  /// A map whose `key` names a component and which holds its parameters, beside common ones.
  case tagged(TaggedShape)

  /// A whole number from a bound up.
  package static func integer(from lower: Int) -> ValueShape { .integer(lower...Int.max) }
  /// A list of any length.
  package static func list(_ element: ValueShape) -> ValueShape { .list(element, 0...Int.max) }
}

/// A map whose `key` names a component.
package struct TaggedShape: Sendable {
  package let family: ComponentFamily
  /// The key that holds the component's name.
  package let key: String
  /// The component where the key is not written; nil where it must be.
  package let usual: String?
  /// The property that holds the component in the typed value; nil where the component is all.
  package let payload: String?
  /// Keys that every component of the family shares.
  package let common: [Parameter]
  /// The name under which the JSON schema defines it once; nil where it stands in place.
  ///
  /// What may contain itself needs one.
  package var definition: String?
}

/// One key of a map.
package struct Parameter: Sendable {
  package let name: String
  package let shape: ValueShape
  package let summary: Localized
  package let isRequired: Bool
  /// The value, in the form of a file, where the key is not written; null for required keys.
  package fileprivate(set) var defaultText: DefaultValue = .none
}

extension Parameter {
  /// The default as a file says it; nil for a key that must be written.
  package var writtenDefault: String? {
    isRequired ? nil : YAMLWriter.flow(defaultText.written, shape)
  }

  /// A key that must not, or must, be written.
  init(
    _ name: String, _ shape: ValueShape, _ english: String, korean: String,
    isRequired: Bool = false
  ) {
    self.name = name
    self.shape = shape
    summary = Localized(english, korean: korean)
    self.isRequired = isRequired
  }

  /// The same key with the default that a declaration gave.
  func withDefault(_ value: DefaultValue) -> Parameter {
    var copy = self
    copy.defaultText = isRequired ? .none : value
    return copy
  }
}
