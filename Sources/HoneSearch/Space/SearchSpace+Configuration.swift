public import HoneRecords
import HoneText

extension SearchSpace {
  private static let kinds: Set<String> = [
    "uniform", "logUniform", "logitUniform", "integer", "choice", "bool", "fixed",
  ]
  private static let options: Set<String> = ["step", "log", "when", "before"]

  /// The space that a file describes: a map in which any value is `{uniform: [a, b]}`,
  /// `{logUniform: [a, b]}`, `{logitUniform: [a, b]}`, `{integer: [a, b], log: true, step: k}`,
  /// `{choice: [...]}`, `{bool: true}` or `{fixed: value}`, with `step:`, `when: {name: value}` and
  /// `before: value`.
  ///
  /// Maps within maps make dotted names; anything else is fixed.
  /// - Throws: `SearchError` with the place of what is not understood.
  public init(configuration: ConfigurationValue) throws(SearchError) {
    guard case .map(let map) = configuration else {
      throw .invalidSpecification(
        path: "", reason: "expected a map from names to ranges such as {logUniform: [1e-5, 0.1]}.")
    }
    var parameters: [SearchParameter] = []
    try SearchSpace.collect(map, prefix: "", into: &parameters)
    guard !parameters.isEmpty else { throw .emptySpace }
    try self.init(parameters)
  }

  /// A configuration in which some values are ranges, as the space of those and the settings that
  /// are the rest, by key path: `model.layers[2].dropout`.
  /// - Throws: `SearchError` with the place of what is not understood; `.emptySpace` without ranges.
  public static func divided(
    _ configuration: ConfigurationValue
  ) throws(SearchError) -> (space: SearchSpace, settings: [String: ConfigurationValue]) {
    guard case .map(let map) = configuration else {
      throw .invalidSpecification(
        path: "", reason: "expected a map from names to values or ranges.")
    }
    var parameters: [SearchParameter] = []
    var settings: [String: ConfigurationValue] = [:]
    try divide(.map(map), at: "", &parameters, &settings)
    guard !parameters.isEmpty else { throw .emptySpace }
    return (try SearchSpace(parameters), settings)
  }

  private static func divide(
    _ value: ConfigurationValue, at path: String, _ parameters: inout [SearchParameter],
    _ settings: inout [String: ConfigurationValue]
  ) throws(SearchError) {
    switch value {
    case .map(let map) where isRange(map): parameters.append(try parameter(path, map))
    case .map(let map):
      if let near = map.keys.sorted().compactMap({ nearestKind($0, map) }).first {
        throw .invalidSpecification(path: path, reason: near)
      }
      guard holdsRange(value) || path.isEmpty else {
        settings[path] = value
        return
      }
      for key in map.keys.sorted() {
        let inner = path.isEmpty ? key : "\(path).\(key)"
        if let value = map[key] { try divide(value, at: inner, &parameters, &settings) }
      }
    case .list(let list) where holdsRange(value):
      for (index, element) in list.enumerated() {
        try divide(element, at: "\(path)[\(index)]", &parameters, &settings)
      }
    default: settings[path] = value
    }
  }

  /// Whether a map is a range, and no component of a configuration that is called like one.
  private static func isRange(_ map: [String: ConfigurationValue]) -> Bool {
    map.contains { key, value in
      guard kinds.contains(key) else { return false }
      if case .list = value { return true }
      return key == "bool" || HyperparameterValue(value) != nil
    }
  }

  private static func holdsRange(_ value: ConfigurationValue) -> Bool {
    switch value {
    case .map(let map):
      isRange(map) || map.keys.contains { nearestKind($0, map) != nil }
        || map.values.contains(where: holdsRange)
    case .list(let list): list.contains(where: holdsRange)
    default: false
    }
  }

  private static func collect(
    _ map: [String: ConfigurationValue], prefix: String, into parameters: inout [SearchParameter]
  ) throws(SearchError) {
    for key in map.keys.sorted() {
      guard let value = map[key] else { continue }
      let path = prefix.isEmpty ? key : "\(prefix).\(key)"
      if case .map(let inner) = value {
        if inner.keys.contains(where: kinds.contains) {
          parameters.append(try parameter(path, inner))
        } else if let near = inner.keys.sorted().compactMap({ nearestKind($0, inner) }).first {
          throw .invalidSpecification(path: path, reason: near)
        } else {
          try collect(inner, prefix: path, into: &parameters)
        }
      } else if let scalar = HyperparameterValue(value) {
        parameters.append(.fixed(path, scalar))
      } else {
        throw .invalidSpecification(
          path: path, reason: "a list says no range; write {choice: [...]} or {uniform: [a, b]}.")
      }
    }
  }

  /// What a misspelt kind was meant to be, where its value looks like a range.
  private static func nearestKind(_ key: String, _ map: [String: ConfigurationValue]) -> String? {
    guard case .list = map[key], let near = nearestMatch(to: key, among: kinds.sorted()) else {
      return nil
    }
    return "'\(key)' is no kind of range; did you mean '\(near)'?"
  }

  private static func parameter(
    _ path: String, _ map: [String: ConfigurationValue]
  ) throws(SearchError) -> SearchParameter {
    let found = map.keys.filter(kinds.contains).sorted()
    guard found.count == 1, let kind = found.first, let value = map[kind] else {
      throw .invalidSpecification(
        path: path, reason: "one kind of range only, not \(found.joined(separator: " and ")).")
    }
    for key in map.keys.sorted() where !kinds.contains(key) && !options.contains(key) {
      let near = nearestMatch(to: key, among: options.sorted())
      throw .invalidSpecification(
        path: "\(path).\(key)",
        reason: near.map { "no such option; did you mean '\($0)'?" }
          ?? "no such option; there are \(options.sorted().joined(separator: ", ")).")
    }
    var parameter = SearchParameter(path, try distribution(path, kind, value, map))
    if let before = map["before"] {
      parameter.valueBefore = try scalar(before, "\(path).before")
    }
    parameter.conditions = try conditions(map["when"], "\(path).when")
    return parameter
  }

  private static func distribution(
    _ path: String, _ kind: String, _ value: ConfigurationValue,
    _ map: [String: ConfigurationValue]
  ) throws(SearchError) -> Distribution {
    let isLog = map["log"] == .bool(true)
    switch kind {
    case "choice":
      guard case .list(let list) = value else {
        throw .invalidSpecification(path: path, reason: "choice takes a list of values.")
      }
      var choices: [HyperparameterValue] = []
      for element in list { choices.append(try scalar(element, path)) }
      return .choice(choices)
    case "bool": return .choice([false, true])
    case "fixed": return .fixed(try scalar(value, path))
    case "integer":
      let (low, high) = try bounds(value, path)
      guard let low = Int(exactly: low), let high = Int(exactly: high) else {
        throw .invalidSpecification(path: path, reason: "integer takes two whole numbers.")
      }
      let step = try number(map["step"], path) ?? 1
      guard let whole = Int(exactly: step) else {
        throw .invalidStep(parameter: path, step: "\(step)")
      }
      return .integer(low: low, high: high, scale: isLog ? .log : .linear, step: whole)
    default:
      let (low, high) = try bounds(value, path)
      let scale: Scale =
        kind == "logUniform" || isLog ? .log : kind == "logitUniform" ? .logit : .linear
      return .float(low: low, high: high, scale: scale, step: try number(map["step"], path))
    }
  }

  private static func conditions(
    _ value: ConfigurationValue?, _ path: String
  ) throws(SearchError) -> [Condition] {
    guard let value else { return [] }
    guard case .map(let map) = value else {
      throw .invalidSpecification(path: path, reason: "expected a map such as {optimizer: sgd}.")
    }
    var result: [Condition] = []
    for name in map.keys.sorted() {
      var values: [HyperparameterValue] = []
      if case .list(let list) = map[name] {
        for element in list { values.append(try scalar(element, path)) }
      } else if let element = map[name] {
        values.append(try scalar(element, path))
      }
      result.append(Condition(parameter: name, values: values))
    }
    return result
  }

  private static func scalar(
    _ value: ConfigurationValue, _ path: String
  ) throws(SearchError) -> HyperparameterValue {
    guard let scalar = HyperparameterValue(value) else {
      throw .invalidSpecification(
        path: path, reason: "expected a number, a text or a truth value.")
    }
    return scalar
  }

  private static func number(
    _ value: ConfigurationValue?, _ path: String
  ) throws(SearchError) -> Double? {
    guard let value else { return nil }
    switch value {
    case .integer(let number): return Double(number)
    case .number(let number): return number
    // YAML reads 1e-5 without a point as a text.
    case .string(let text):
      if let number = Double(text) { return number }
    default: break
    }
    throw .invalidSpecification(path: path, reason: "expected a number.")
  }

  private static func bounds(
    _ value: ConfigurationValue, _ path: String
  ) throws(SearchError) -> (Double, Double) {
    guard case .list(let list) = value, list.count == 2, let low = try number(list[0], path),
      let high = try number(list[1], path)
    else {
      throw .invalidSpecification(path: path, reason: "expected two bounds, [low, high].")
    }
    return (low, high)
  }
}
