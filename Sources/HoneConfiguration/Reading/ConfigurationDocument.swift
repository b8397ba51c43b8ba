import Foundation
public import HoneRecords
import HoneText

/// A configuration as it was written, before defaults: a file, with values set on top of it.
///
/// ```swift
/// var document = try ConfigurationDocument(file: "hone.yaml")
/// try document.set("optimizer.learningRate", toText: "3e-4")
/// let configuration = try document.resolved()
/// ```
public struct ConfigurationDocument: Sendable {
  private var root: ConfigurationNode
  private let file: String?

  /// A document that says nothing.
  public init() {
    root = ConfigurationNode(.map([]))
    file = nil
  }

  /// The document of a YAML or JSON text.
  /// - Parameter file: the name for messages.
  public init(text: String, file: String? = nil) throws(ConfigurationError) {
    guard let node = try ConfigurationNode(yaml: text, file: file) else {
      throw .empty(file: file)
    }
    if case .null = node.content { throw .empty(file: file) }
    root = node
    self.file = file
  }

  /// The document of a file.
  /// - Parameters:
  ///   - file: the file's name for messages.
  ///   - path: where it lies; nil for where the name says.
  public init(file: String, at path: String? = nil) throws(ConfigurationError) {
    let path = path ?? file
    guard FileManager.default.fileExists(atPath: path) else { throw .notFound(file: file) }
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw .unreadable(file: file, detail: error.localizedDescription)
    }
    guard let text = String(validatingUTF8Bytes: data) else {
      throw .unreadable(file: file, detail: "not UTF-8")
    }
    try self.init(text: text, file: file)
  }

  /// What the document says, without its places.
  public var value: ConfigurationValue { root.value }

  /// The document of a value that came from no file.
  init(_ value: ConfigurationValue) {
    root = ConfigurationNode(value: value)
    file = nil
  }

  /// Sets a key to what a text says as YAML: `1e-3`, `none`, `{norm: 1}`.
  /// - Throws: where the text is not YAML. Whether key and value are allowed shows on `resolved`.
  public mutating func set(
    _ path: String, toText text: String
  ) throws(ConfigurationError) {
    let node = try ConfigurationNode(yaml: text, file: "--set \(path)")
    set(path, to: node?.value ?? .null)
  }

  /// Sets a key to a value; whether both are allowed shows on `resolved`.
  ///
  /// Where the key names a component (`optimizer.kind`), parameters that the new component does not
  /// have, and those that stood at the old one's defaults, give way to the new one's defaults.
  public mutating func set(_ path: String, to value: ConfigurationValue) {
    root.set(KeyPathText(path).steps[...], to: value, in: .configuration)
  }

  /// The configuration, with every default filled in.
  /// - Throws: all problems at once.
  public func resolved() throws(ConfigurationError) -> Configuration {
    try resolved(source: nil)
  }

  /// The configuration, with the source of the one that it was made from.
  func resolved(
    source original: ConfigurationSource?
  ) throws(ConfigurationError) -> Configuration {
    var reader = ConfigurationReader(file: file)
    let coded = reader.read(root, as: .configuration, at: "")
    guard let coded, reader.problems.isEmpty else { throw .invalid(reader.problems) }
    let source = original ?? ConfigurationSource(file: file, positions: reader.positions)
    let configuration: Configuration
    do {
      configuration = try coded.decoded(as: ConfigurationBody.self).configuration(source: source)
    } catch {
      fatalError("The description of the configuration and its types disagree: \(error)")
    }
    let conflicts = configuration.conflicts
    guard conflicts.isEmpty else { throw .invalid(conflicts) }
    return configuration
  }
}

extension String {
  fileprivate init?(validatingUTF8Bytes data: Data) {
    self.init(validating: data, as: UTF8.self)
  }
}
