import Foundation
import HoneNumerics

/// How a date becomes features: the time that passed, and where it falls in the circles of year, month,
/// week and day, each as sine and cosine so that December lies beside January.
public struct DateColumn: Sendable, Codable, Equatable {
  /// What is read off a date.
  public enum Part: String, Sendable, Codable, CaseIterable {
    /// The time since the mean date of the training split, in standard deviations.
    case elapsed
    case yearSine, yearCosine
    case monthSine, monthCosine
    case weekSine, weekCosine
    case daySine, dayCosine
  }

  private static let secondsInDay = 86_400.0

  /// The column's name.
  public let name: String
  /// The mean date of the training split, in seconds since 1970, which missing dates take.
  public let center: Double
  /// The standard deviation of the dates, in seconds.
  public let scale: Double
  /// What is read off, in the order of the features.
  public let parts: [Part]

  /// Learns from a column of the training split; the circle of the day is left out where all dates fall
  /// on midnight.
  init(_ name: String, _ values: [Double]) {
    let known = values.filter(\.isFinite)
    self.name = name
    center = known.isEmpty ? 0 : known.mean()
    let deviation = known.standardDeviation()
    scale = deviation.isFinite && deviation > 0 ? deviation : 1
    let hasTimes = known.contains { $0.truncatingRemainder(dividingBy: Self.secondsInDay) != 0 }
    parts = Part.allCases.filter { hasTimes || ($0 != .daySine && $0 != .dayCosine) }
  }

  /// The features of a date in seconds since 1970; not a number stands for a missing one.
  func features(of value: Double) -> [Double] {
    let seconds = value.isFinite ? value : center
    let days = (seconds / Self.secondsInDay).rounded(.down)
    let hours = seconds / Self.secondsInDay - days
    let date = CivilDate(daysSince1970: Int(days))
    let start = CivilDate(year: date.year, month: 1, day: 1).daysSince1970
    let next = CivilDate(year: date.year + 1, month: 1, day: 1).daysSince1970
    let year = (days - Double(start)) / Double(next - start)
    let month = Double(date.day - 1) / 31
    // 1970-01-01 was a Thursday; weeks begin on Monday.
    let week =
      ((days + 3).truncatingRemainder(dividingBy: 7) + 7)
      .truncatingRemainder(dividingBy: 7) / 7
    return parts.map { part in
      switch part {
      case .elapsed: (seconds - center) / scale
      case .yearSine: sin(2 * Double.pi * year)
      case .yearCosine: cos(2 * Double.pi * year)
      case .monthSine: sin(2 * Double.pi * month)
      case .monthCosine: cos(2 * Double.pi * month)
      case .weekSine: sin(2 * Double.pi * week)
      case .weekCosine: cos(2 * Double.pi * week)
      case .daySine: sin(2 * Double.pi * hours)
      case .dayCosine: cos(2 * Double.pi * hours)
      }
    }
  }
}
