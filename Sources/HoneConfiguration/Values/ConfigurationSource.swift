/// A place in a text, counted from 1.
public struct SourcePosition: Sendable, Equatable {
  /// The line.
  public var line: Int
  /// The column, in characters.
  public var column: Int

  /// A place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// The file a configuration was read from and where its keys stand there.
///
/// Two sources are always equal, so that configurations compare by what they say.
public struct ConfigurationSource: Sendable, Equatable {
  /// The file's path as the user gave it; nil for a configuration made in code.
  public var file: String?
  /// Positions by key path: `optimizer.learningRate`, `model.layers[2].linear.outputs`.
  public var positions: [String: SourcePosition] = [:]

  /// A source without a file.
  public init() {}

  /// The source of a file.
  public init(file: String?, positions: [String: SourcePosition]) {
    self.file = file
    self.positions = positions
  }

  /// The position of a key, or of the nearest key around it that was written.
  public func position(of path: String) -> SourcePosition? {
    var rest = Substring(path)
    while true {
      if let found = positions[String(rest)] { return found }
      guard let cut = rest.lastIndex(where: { $0 == "." || $0 == "[" }) else { return nil }
      rest = rest[..<cut]
    }
  }

  /// Always true: where a value was written is no part of it.
  public static func == (first: ConfigurationSource, second: ConfigurationSource) -> Bool { true }
}
