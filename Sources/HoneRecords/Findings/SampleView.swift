/// A sample as a person sees it, to be shown beside a finding.
public struct SampleView: Sendable, Equatable {
  /// What there is to see.
  public enum Content: Sendable, Equatable {
    /// The bytes of a PNG file.
    case picture([UInt8])
    /// The beginning of a text.
    case text(String)
    /// A row of a table.
    case row([Field])
  }

  /// A column and what a row holds in it; nothing where it is missing.
  public struct Field: Sendable, Equatable {
    /// The column.
    public var name: String
    /// What the row holds.
    public var value: String

    /// A column and what a row holds in it.
    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// What there is to see.
  public var content: Content
  /// The class or value that the sample is labeled with; nil where that is unknown.
  public var label: String?

  /// A sample to look at.
  public init(_ content: Content, label: String? = nil) {
    self.content = content
    self.label = label
  }
}
