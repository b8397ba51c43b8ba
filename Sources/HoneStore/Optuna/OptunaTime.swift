import Foundation

/// Moments as Optuna writes them: the wall clock of the machine, without saying whose.
struct OptunaTime {
  private var calendar = Calendar(identifier: .gregorian)

  /// - Parameter timeZone: the machine's.
  init(_ timeZone: TimeZone) { calendar.timeZone = timeZone }

  /// `2026-11-21 21:21:01.716713`.
  func text(_ date: Date) -> String {
    // Whole microseconds first, or a fraction may be rounded up to a second that is not carried.
    let micro = (date.timeIntervalSinceReferenceDate * 1e6).rounded()
    let seconds = (micro / 1e6).rounded(.down)
    let parts = calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second],
      from: Date(timeIntervalSinceReferenceDate: seconds))
    func two(_ part: Int?) -> String { String(format: "%02d", part ?? 0) }
    return String(format: "%04d", parts.year ?? 0) + "-\(two(parts.month))-\(two(parts.day)) "
      + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))."
      + String(format: "%06d", Int(micro - seconds * 1e6))
  }

  /// The moment of such a text; nil where it is none.
  func date(_ text: String) -> Date? {
    let halves = text.split(separator: ".", maxSplits: 1)
    guard let first = halves.first else { return nil }
    let numbers = first.split { "-: T".contains($0) }.compactMap { Int($0) }
    guard numbers.count == 6 else { return nil }
    let parts = DateComponents(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4],
      second: numbers[5])
    let fraction = halves.count > 1 ? Double("0." + halves[1]) ?? 0 : 0
    return calendar.date(from: parts)?.addingTimeInterval(fraction)
  }
}
