import ArgumentParser

/// A length of time as the command line says it: `90`, `90s`, `15m`, `2h`.
struct TimeSpan: ExpressibleByArgument, Equatable {
  let seconds: Double

  init(seconds: Double) {
    self.seconds = seconds
  }

  init?(argument: String) {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
    var text = Substring(argument)
    var factor = 1.0
    if let last = text.last, let unit = units[last] {
      factor = unit
      text = text.dropLast()
    }
    guard let number = Double(text), number > 0, number.isFinite else { return nil }
    seconds = number * factor
  }

  var defaultValueDescription: String { duration(seconds) }
}
