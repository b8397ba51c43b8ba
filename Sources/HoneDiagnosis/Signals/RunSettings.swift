import Foundation
import HoneRecords

/// The run's resolved configuration, read by dotted path.
struct RunSettings {
  private let root: ConfigurationValue

  /// The settings of a run; empty where the configuration is not JSON, as for curves from elsewhere.
  init(_ run: RunRecord) {
    let data = Data(run.configuration.utf8)
    root = (try? JSONDecoder().decode(ConfigurationValue.self, from: data)) ?? .null
  }

  /// Whether nothing is known of the run's settings.
  var isEmpty: Bool { root == .null || root == .map([:]) }

  /// The value at a path such as `optimizer.learningRate`.
  func value(_ path: String) -> ConfigurationValue? {
    var current = root
    for key in path.split(separator: ".") {
      guard case .map(let entries) = current, let next = entries[String(key)] else { return nil }
      current = next
    }
    return current == .null ? nil : current
  }

  /// The number at a path; a whole number counts.
  func number(_ path: String) -> Double? {
    switch value(path) {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }

  /// The whole number at a path.
  func integer(_ path: String) -> Int? {
    number(path).flatMap { Int(exactly: $0) }
  }

  /// The word at a path.
  func word(_ path: String) -> String? {
    if case .string(let word) = value(path) { return word }
    return nil
  }

  /// The whole numbers of the list at a path.
  func integers(_ path: String) -> [Int]? {
    guard case .list(let values) = value(path) else { return nil }
    let numbers = values.compactMap { value -> Int? in
      if case .integer(let number) = value { return number }
      if case .number(let number) = value { return Int(exactly: number) }
      return nil
    }
    return numbers.count == values.count ? numbers : nil
  }
}
