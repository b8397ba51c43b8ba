import Foundation
public import HoneRecords
import HoneText

extension Configuration {
  /// Every key with its value, in the form of a file.
  public var value: ConfigurationValue {
    ValueShape.configuration.written(ConfigurationValue(coding: ConfigurationBody(self)))
  }

  /// Every key with its value as JSON with sorted keys on one line: equal configurations have equal
  /// texts, so that it serves as an identity.
  public var canonicalJSON: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else {
      fatalError("A configuration holds finite numbers and text only: \(value)")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Every key with its value as YAML, in the order of the documentation.
  public var yaml: String {
    YAMLWriter(comments: nil).text(value, .configuration)
  }

  /// The configuration that a YAML or JSON text says.
  /// - Parameter file: the name for messages.
  public init(text: String, file: String? = nil) throws(ConfigurationError) {
    self = try ConfigurationDocument(text: text, file: file).resolved()
  }
}

extension Configuration: Codable {
  /// Reads the form of a file; the error's description is the sentence for the user.
  public init(from decoder: any Decoder) throws {
    self = try ConfigurationDocument(try ConfigurationValue(from: decoder)).resolved()
  }

  /// Writes every key in the form of a file.
  public func encode(to encoder: any Encoder) throws {
    try value.encode(to: encoder)
  }
}
