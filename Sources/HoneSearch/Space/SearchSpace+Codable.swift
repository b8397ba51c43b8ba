import HoneRecords

extension SearchSpace: Codable {
  private enum CodingKeys: String, CodingKey { case version, parameters }

  /// Reads what `encode` writes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let stored = try container.decode([StoredParameter].self, forKey: .parameters)
    try self.init(
      stored.map(\.parameter), version: try container.decode(Int.self, forKey: .version))
  }

  /// Writes the version and the parameters in order.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(version, forKey: .version)
    try container.encode(parameters.map(StoredParameter.init), forKey: .parameters)
  }
}

/// A parameter as files hold it.
private struct StoredParameter: Codable {
  struct Range: Codable {
    var low: Double
    var high: Double
    var scale: Scale
    var step: Double?
  }

  struct When: Codable {
    var parameter: String
    var values: [HyperparameterValue]
  }

  var name: String
  var float: Range?
  var integer: Range?
  var choice: [HyperparameterValue]?
  var fixed: HyperparameterValue?
  var when: [When]?
  var before: HyperparameterValue?

  init(_ parameter: SearchParameter) {
    name = parameter.name
    switch parameter.distribution {
    case .float(let low, let high, let scale, let step):
      float = Range(low: low, high: high, scale: scale, step: step)
    case .integer(let low, let high, let scale, let step):
      integer = Range(low: Double(low), high: Double(high), scale: scale, step: Double(step))
    case .choice(let values): choice = values
    case .fixed(let value): fixed = value
    }
    if !parameter.conditions.isEmpty {
      when = parameter.conditions.map { When(parameter: $0.parameter, values: $0.values) }
    }
    before = parameter.valueBefore
  }

  var parameter: SearchParameter {
    let distribution: Distribution
    if let float {
      distribution = .float(
        low: float.low, high: float.high, scale: float.scale, step: float.step)
    } else if let integer {
      distribution = .integer(
        low: Int(integer.low), high: Int(integer.high), scale: integer.scale,
        step: Int(integer.step ?? 1))
    } else if let choice {
      distribution = .choice(choice)
    } else {
      distribution = fixed.map(Distribution.fixed) ?? .choice([])
    }
    return SearchParameter(
      name, distribution,
      conditions: (when ?? []).map { Condition(parameter: $0.parameter, values: $0.values) },
      valueBefore: before)
  }
}
