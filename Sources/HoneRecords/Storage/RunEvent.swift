public import Foundation

/// Something that happened in a run and is worth reading later.
public struct RunEvent: Sendable, Codable, Equatable {
  /// What sort of thing.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// The run began or went on after an interruption.
    case began
    /// A checkpoint was written.
    case checkpoint
    /// Something the user was told.
    case note
    /// The run ended.
    case ended
  }

  /// When it happened.
  public var time: Date
  /// What sort of thing.
  public var kind: Kind
  /// What happened, in a sentence or a path.
  public var text: String

  /// An event.
  public init(time: Date, kind: Kind, text: String) {
    self.time = time
    self.kind = kind
    self.text = text
  }
}

/// A file that a run made.
public struct ArtifactRecord: Sendable, Codable, Equatable {
  /// Where it lies, relative to the store's folder.
  public var path: String
  /// What it is: `checkpoint`, `model`, `predictions`, `picture`, `report`, `log`, `events`, or a word of the program's.
  public var kind: String
  /// Its size.
  public var bytes: Int
  /// Its SHA-256 in hexadecimal; nil where it was not computed.
  public var digest: String?

  /// A file.
  public init(path: String, kind: String, bytes: Int, digest: String? = nil) {
    self.path = path
    self.kind = kind
    self.bytes = bytes
    self.digest = digest
  }
}
