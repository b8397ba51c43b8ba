/// What a model took over from a file of weights.
public struct PretrainedRecord: Sendable, Codable, Equatable {
  /// The file as the user named it.
  public var file: String
  /// The SHA-256 of the file's content.
  public var sha256: String
  /// `safetensors`, `torch` or `torchLegacy`.
  public var format: String
  /// The keys under which the file holds the weights, joined by dots; empty at the top.
  public var location: String
  /// What was left off the front of the file's names: `module.`, or nothing.
  public var prefix: String
  /// Whose names the file uses: `hone` or `torch`.
  public var naming: String
  /// How many arrays were taken over.
  public var loaded: Int
  /// How many numbers they hold.
  public var loadedCount: Int
  /// The model's names that the file lacks, those of the head left out; they keep their first values.
  public var missing: [String]
  /// The file's names that the model lacks.
  public var unexpected: [String]
  /// The head's names, where the file's head is for other classes or not there: a new head is trained.
  public var newHead: [String]

  /// A record of a loading.
  public init(
    file: String, sha256: String, format: String, location: String = "", prefix: String = "",
    naming: String, loaded: Int, loadedCount: Int, missing: [String] = [],
    unexpected: [String] = [], newHead: [String] = []
  ) {
    self.file = file
    self.sha256 = sha256
    self.format = format
    self.location = location
    self.prefix = prefix
    self.naming = naming
    self.loaded = loaded
    self.loadedCount = loadedCount
    self.missing = missing
    self.unexpected = unexpected
    self.newHead = newHead
  }
}
