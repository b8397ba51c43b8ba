/// A language that Hone speaks to its user.
public enum Language: String, Sendable, Codable, CaseIterable {
  case english = "en"
  case korean = "ko"

  /// The language of a POSIX locale name such as `ko_KR.UTF-8`; English where it names no other.
  public init(locale: String?) {
    self = locale?.lowercased().hasPrefix("ko") == true ? .korean : .english
  }
}
