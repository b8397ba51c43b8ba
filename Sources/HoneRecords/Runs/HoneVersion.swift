/// The version of this Hone.
public enum HoneVersion {
  /// The version in semantic form; releases carry the same tag.
  public static let current = "0.1.0"
}
