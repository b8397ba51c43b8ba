extension Formatting {
  /// A length of time in its two largest units: `1 min 12 s`, `1분 12초`.
  ///
  /// Under ten seconds with decimals; a dash where it is not known.
  public static func duration(_ seconds: Double) -> Localized {
    guard seconds.isFinite, seconds >= 0 else { return Localized(verbatim: "–") }
    if seconds < 0.9995 { return inSeconds(fixed(seconds, decimals: seconds < 0.0995 ? 3 : 2)) }
    if seconds < 9.95 { return inSeconds(fixed(seconds, decimals: 1)) }
    let total = Int(min(seconds.rounded(), 1e15))
    if total < 60 { return inSeconds(String(total)) }
    if total < 3600 {
      return pair(total / 60, "min", "분", total % 60, "s", "초")
    }
    let minutes = Int((Double(total) / 60).rounded())
    if minutes < 24 * 60 {
      return pair(minutes / 60, "h", "시간", minutes % 60, "min", "분")
    }
    let hours = Int((Double(total) / 3600).rounded())
    return pair(hours / 24, "d", "일", hours % 24, "h", "시간")
  }

  private static func inSeconds(_ number: String) -> Localized {
    Localized("\(number) s", korean: "\(number)초")
  }

  private static func pair(
    _ large: Int, _ largeEnglish: String, _ largeKorean: String,
    _ small: Int, _ smallEnglish: String, _ smallKorean: String
  ) -> Localized {
    let first = Localized("\(large) \(largeEnglish)", korean: "\(large)\(largeKorean)")
    guard small > 0 else { return first }
    return first + Localized("\(small) \(smallEnglish)", korean: "\(small)\(smallKorean)")
  }
}
