import HoneRecords

/// A range as Optuna writes it into its databases, and what Hone makes of it.
struct OptunaDistribution: Sendable, Equatable {
  let distribution: Distribution
  /// The choices as they stand in the file; a value there is an index into them.
  let choices: [HyperparameterValue]

  /// The range that a JSON text says, also of Optuna before 3.0; nil where it is none.
  init?(json: String) {
    guard let value = try? CanonicalJSON.decode(ConfigurationValue.self, from: json),
      case .map(let outer) = value, case .string(let name) = outer["name"],
      case .map(let attributes) = outer["attributes"]
    else { return nil }
    func number(_ key: String) -> Double? {
      attributes[key].flatMap { HyperparameterValue($0) }?.number
    }
    if name == "CategoricalDistribution" {
      guard case .list(let list) = attributes["choices"], !list.isEmpty else { return nil }
      choices = OptunaDistribution.uniform(list)
      distribution = .choice(choices)
      return
    }
    guard let low = number("low"), let high = number("high") else { return nil }
    choices = []
    let isLog = attributes["log"] == .bool(true) || name.contains("LogUniform")
    let step = number("step") ?? number("q")
    switch name {
    case "IntDistribution", "IntUniformDistribution", "IntLogUniformDistribution":
      distribution = .integer(
        low: Int(low), high: Int(high), scale: isLog ? .log : .linear, step: Int(step ?? 1))
    case "FloatDistribution", "UniformDistribution", "LogUniformDistribution",
      "DiscreteUniformDistribution":
      distribution = .float(low: low, high: high, scale: isLog ? .log : .linear, step: step)
    default: return nil
    }
  }

  /// Choices of one kind: Optuna mixes texts, numbers and None, which become texts here.
  private static func uniform(_ list: [ConfigurationValue]) -> [HyperparameterValue] {
    let values = list.map { HyperparameterValue($0) ?? .text("None") }
    let kinds = Set(
      values.map { value -> Int in
        switch value {
        case .bool: 0
        case .integer, .number: 1
        case .text: 2
        }
      })
    guard kinds.count > 1 else { return values }
    return values.map { .text("\($0)") }
  }

  /// The value that a number in the database stands for; nil for an index without a choice.
  func value(_ number: Double) -> HyperparameterValue? {
    switch distribution {
    case .float: return .number(number)
    case .integer: return .integer(Int(number))
    case .choice, .fixed:
      guard number >= 0, number < Double(choices.count) else { return nil }
      return choices[Int(number)]
    }
  }
}

extension Distribution {
  /// The smallest range that holds both: Optuna lets a range change from trial to trial.
  func merged(with other: Distribution) -> Distribution? {
    switch (self, other) {
    case (.choice(let first), .choice(let second)):
      return .choice(first + second.filter { new in !first.contains { Self.isSame($0, new) } })
    case (.integer(let low, let high, let scale, let step), .integer(let l, let h, let s, let t)):
      let same = step == t && (low - l) % step == 0
      return .integer(
        low: min(low, l), high: max(high, h), scale: scale == s ? scale : .linear,
        step: same ? step : 1)
    case (.float(let low, let high, let scale, let step), .float(let l, let h, let s, let t)):
      return .float(
        low: min(low, l), high: max(high, h), scale: scale == s ? scale : .linear,
        step: step == t && low == l ? step : nil)
    default: return nil
    }
  }

  /// The range with values that lie outside it, as trials from before it was narrowed have.
  func widened(to values: [HyperparameterValue]) -> Distribution {
    let numbers = values.compactMap(\.number)
    switch self {
    case .float(let low, let high, let scale, let step):
      let (least, most) = (min(numbers.min() ?? low, low), max(numbers.max() ?? high, high))
      return .float(
        low: least, high: most, scale: scale, step: least == low && most == high ? step : nil)
    case .integer(let low, let high, let scale, let step):
      let (least, most) = (
        min(Int(numbers.min() ?? Double(low)), low), max(Int(numbers.max() ?? Double(high)), high)
      )
      return .integer(
        low: least, high: most, scale: scale, step: least == low && most == high ? step : 1)
    case .choice(let choices):
      return .choice(
        choices + values.filter { value in !choices.contains { Self.isSame($0, value) } }.uniqued)
    case .fixed(let value):
      return .choice([value] + values.filter { !Self.isSame($0, value) }.uniqued)
    }
  }

  /// The range in Optuna's JSON.
  ///
  /// What Optuna lacks is said as nearly as it can: a logit scale and a logarithmic one with steps
  /// become linear.
  var optunaJSON: String {
    let name: String
    var attributes: [String: ConfigurationValue] = [:]
    switch self {
    case .float(let low, let high, let scale, let step):
      name = "FloatDistribution"
      attributes["low"] = .number(low)
      // Optuna expects the last step itself as the end.
      attributes["high"] = .number(
        step.map { low + Double(Distribution.steps(low, high, $0) - 1) * $0 } ?? high)
      attributes["log"] = .bool(scale == .log && step == nil && low > 0)
      attributes["step"] = step.map { .number($0) } ?? .null
    case .integer(let low, let high, let scale, let step):
      name = "IntDistribution"
      attributes["low"] = .integer(low)
      attributes["high"] = .integer(low + (high - low) / step * step)
      attributes["log"] = .bool(scale == .log && step == 1 && low > 0)
      attributes["step"] = .integer(step)
    case .choice(let choices):
      name = "CategoricalDistribution"
      attributes["choices"] = .list(choices.map(\.configuration))
    case .fixed(let value):
      name = "CategoricalDistribution"
      attributes["choices"] = .list([value.configuration])
    }
    let map = ConfigurationValue.map(["name": .string(name), "attributes": .map(attributes)])
    return (try? CanonicalJSON.string(map)) ?? "{}"
  }

  /// The number that stands for a value in Optuna's database.
  func optunaNumber(_ value: HyperparameterValue) -> Double? {
    switch self {
    case .float, .integer: return value.number
    case .choice(let choices):
      return choices.firstIndex { Self.isSame($0, value) }.map(Double.init)
    case .fixed: return 0
    }
  }
}

extension [HyperparameterValue] {
  fileprivate var uniqued: [HyperparameterValue] {
    var seen: Set<HyperparameterValue> = []
    return filter { seen.insert($0).inserted }
  }
}
