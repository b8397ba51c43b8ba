/// A date, or a date with a time of day, as tables write them.
enum DateText {
  private static let secondsInDay = 86_400.0

  /// The seconds since 1970 of a date such as `2024-01-31`, `2024/01/31`, `20240131` (only where it
  /// has no separators and eight digits), `2024-01-31 12:30`, `2024-01-31T12:30:05.25Z` or with an
  /// offset `+09:00`; nil for anything else.
  ///
  /// A date without an offset counts as universal time.
  static func seconds(_ text: String) -> Double? {
    let parts = text.split(maxSplits: 1) { $0 == "T" || $0 == " " }
    guard let first = parts.first, let day = days(String(first)) else { return nil }
    let midnight = Double(day) * secondsInDay
    guard parts.count > 1 else { return midnight }
    guard let time = timeOfDay(String(parts[1])) else { return nil }
    return midnight + time
  }

  private static func days(_ text: String) -> Int? {
    var fields = text.split(omittingEmptySubsequences: false) { "-/.".contains($0) }.map(
      String.init)
    if fields.count == 1, text.count == 8 {
      let whole = Array(text)
      fields = [String(whole[0..<4]), String(whole[4..<6]), String(whole[6..<8])]
    }
    guard fields.count == 3, fields[0].count == 4, let year = number(fields[0]),
      let month = number(fields[1]), let day = number(fields[2]), (1...12).contains(month),
      day >= 1, day <= length(ofMonth: month, year: year)
    else { return nil }
    return CivilDate(year: year, month: month, day: day).daysSince1970
  }

  private static func timeOfDay(_ text: String) -> Double? {
    var clock = text
    var offset = 0.0
    if clock.hasSuffix("Z") {
      clock.removeLast()
    } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      let zone = clock[clock.index(after: sign)...].filter { $0 != ":" }
      guard zone.count == 4, let value = number(String(zone)) else { return nil }
      offset = Double(value / 100 * 3_600 + value % 100 * 60) * (clock[sign] == "-" ? -1 : 1)
      clock = String(clock[..<sign])
    }
    let fields = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(fields.count), let hour = number(String(fields[0])), hour < 24,
      let minute = number(String(fields[1])), minute < 60
    else { return nil }
    guard fields.count == 3 else { return Double(hour * 3_600 + minute * 60) - offset }
    guard let second = Double(fields[2]), second >= 0, second < 61 else { return nil }
    return Double(hour * 3_600 + minute * 60) + second - offset
  }

  private static func number(_ text: String) -> Int? {
    guard !text.isEmpty, text.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    return Int(text)
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}

/// A day of the Gregorian calendar, by whole-number arithmetic (Fliegel and van Flandern 1968).
struct CivilDate: Equatable {
  let year: Int
  let month: Int
  let day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day so many days after 1970-01-01.
  init(daysSince1970 days: Int) {
    var rest = days + 2_440_588 + 68_569
    let centuries = 4 * rest / 146_097
    rest -= (146_097 * centuries + 3) / 4
    let years = 4_000 * (rest + 1) / 1_461_001
    rest += 31 - 1_461 * years / 4
    let months = 80 * rest / 2_447
    day = rest - 2_447 * months / 80
    month = months + 2 - 12 * (months / 11)
    year = 100 * (centuries - 49) + years + months / 11
  }

  /// Days after 1970-01-01.
  var daysSince1970: Int {
    let shift = (month - 14) / 12
    let julian =
      day - 32_075 + 1_461 * (year + 4_800 + shift) / 4 + 367 * (month - 2 - shift * 12) / 12 - 3
      * ((year + 4_900 + shift) / 100) / 4
    return julian - 2_440_588
  }
}
