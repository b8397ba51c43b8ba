public import Foundation

/// The names of runs and improvements: `20261121-084512-k3f9`.
public enum RunIdentifier {
  /// Crockford's base 32: digits and letters that nobody mistakes for one another.
  private static let alphabet: [Character] = Array("0123456789abcdefghjkmnpqrstvwxyz")

  /// A new name: the moment in UTC to the second, so that names sort by time, and four random
  /// characters, so that runs which begin in the same second differ.
  ///
  /// - Parameters:
  ///   - date: the moment that the name tells.
  ///   - generator: must not be seeded with the run's seed alone, or two processes that start the
  ///     same run in the same second make the same name.
  public static func make(
    _ date: Date, using generator: inout some RandomNumberGenerator
  ) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second], from: date)
    let day = digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2)
    let time = digits(parts.hour, 2) + digits(parts.minute, 2) + digits(parts.second, 2)
    let suffix = (0..<4).map { _ in
      alphabet[Int(generator.next(upperBound: UInt64(alphabet.count)))]
    }
    return "\(day)-\(time)-\(String(suffix))"
  }

  private static func digits(_ number: Int?, _ count: Int) -> String {
    let text = String(number ?? 0)
    return String(repeating: "0", count: max(0, count - text.count)) + text
  }
}
