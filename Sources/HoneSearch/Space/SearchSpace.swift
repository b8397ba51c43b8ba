public import HoneRecords
import HoneText

/// What a study searches: parameters in order, each after those that it depends on.
public struct SearchSpace: Sendable, Hashable {
  /// The parameters, parents before what depends on them.
  public let parameters: [SearchParameter]
  /// How often the space of a running study has changed; 1 for the first.
  public var version: Int
  private let indices: [String: Int]

  /// A space of some parameters.
  /// - Throws: `SearchError` for ranges that are empty or contradict their scale, choices of mixed
  ///   kinds, names that repeat, and conditions that can never hold.
  public init(_ parameters: [SearchParameter], version: Int = 1) throws(SearchError) {
    var names: Set<String> = []
    for parameter in parameters {
      guard names.insert(parameter.name).inserted else {
        throw .duplicateParameter(parameter.name)
      }
      try parameter.validate()
    }
    self.parameters = try SearchSpace.ordered(parameters)
    self.version = version
    indices = SearchSpace.indexed(self.parameters)
  }

  /// A space whose parameters are found while trials run.
  public init() {
    parameters = []
    version = 1
    indices = [:]
  }

  private static func indexed(_ parameters: [SearchParameter]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: parameters.enumerated().map { ($1.name, $0) })
  }

  /// The parameter of a name.
  public func parameter(_ name: String) -> SearchParameter? { indices[name].map { parameters[$0] } }

  func index(of name: String) -> Int? { indices[name] }

  /// Whether a parameter is there beside the values of those before it.
  func isActive(_ parameter: SearchParameter, given values: [String: HyperparameterValue]) -> Bool {
    parameter.conditions.allSatisfy { condition in
      guard let value = values[condition.parameter] else { return false }
      return condition.values.contains { Distribution.isSame($0, value) }
    }
  }

  /// The values without those of parameters whose conditions do not hold.
  public func active(_ values: [String: HyperparameterValue]) -> [String: HyperparameterValue] {
    guard parameters.contains(where: { !$0.conditions.isEmpty }) else { return values }
    var kept: [String: HyperparameterValue] = [:]
    for parameter in parameters where isActive(parameter, given: kept) {
      kept[parameter.name] = values[parameter.name]
    }
    return kept
  }

  /// A point that the user named, checked and in the parameters' own form.
  /// - Throws: `SearchError` for a name or a value that the space does not have.
  public func checked(
    _ point: [String: HyperparameterValue]
  ) throws(SearchError) -> [String: HyperparameterValue] {
    var result: [String: HyperparameterValue] = [:]
    for name in point.keys.sorted() {
      guard let value = point[name] else { continue }
      guard let parameter = parameter(name) else {
        if parameters.isEmpty {
          result[name] = value
          continue
        }
        throw .unknownParameter(name, nearest: nearestMatch(to: name, among: indices.keys.sorted()))
      }
      guard let normalized = parameter.distribution.normalized(value) else {
        throw .invalidValue(parameter: name, value: "\(value)")
      }
      result[name] = normalized
    }
    return result
  }

  /// Values as files gave them in the parameters' own form: a whole number may stand for a number.
  func normalized(
    _ values: [String: HyperparameterValue]
  ) -> [String: HyperparameterValue] {
    var result = values
    for (name, value) in values {
      if let normal = parameter(name)?.distribution.normalized(value) { result[name] = normal }
    }
    return result
  }

  /// The values of a trial from an earlier version of the space as this version sees them: numbers
  /// in the parameters' form, and parameters added since with the value that they had before.
  func remapped(_ trial: TrialRecord) -> TrialRecord {
    var trial = trial
    for parameter in parameters {
      if let value = trial.parameters[parameter.name] {
        if let normal = parameter.distribution.normalized(value) {
          trial.parameters[parameter.name] = normal
        }
      } else if let before = parameter.valueBefore,
        isActive(parameter, given: trial.parameters)
      {
        trial.parameters[parameter.name] = before
      }
    }
    return trial
  }

  /// The space of the same study with other parameters: bounds and choices may change, parameters
  /// may come and go, but none may change its kind.
  /// - Throws: `SearchError.incompatibleChange` for a parameter of another kind.
  public func changed(to parameters: [SearchParameter]) throws(SearchError) -> SearchSpace {
    let next = try SearchSpace(parameters, version: version + 1)
    for parameter in next.parameters {
      guard let old = self.parameter(parameter.name) else { continue }
      guard old.distribution.isCompatible(with: parameter.distribution) else {
        throw .incompatibleChange(parameter: parameter.name)
      }
    }
    return next
  }

  /// Parents before children.
  private static func ordered(_ parameters: [SearchParameter]) throws(SearchError)
    -> [SearchParameter]
  {
    let names = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0) })
    for parameter in parameters {
      for condition in parameter.conditions {
        guard let parent = names[condition.parameter] else {
          throw .unknownCondition(
            parameter: parameter.name, condition: condition.parameter,
            nearest: nearestMatch(
              to: condition.parameter, among: names.keys.sorted().filter { $0 != parameter.name }))
        }
        for value in condition.values where parent.distribution.normalized(value) == nil {
          throw .impossibleCondition(
            parameter: parameter.name, condition: parent.name, value: "\(value)")
        }
      }
    }
    var result: [SearchParameter] = []
    var placed: Set<String> = []
    var waiting = parameters
    while !waiting.isEmpty {
      let ready = waiting.filter { $0.conditions.allSatisfy { placed.contains($0.parameter) } }
      guard !ready.isEmpty else { throw .circularCondition(parameter: waiting[0].name) }
      result += ready
      placed.formUnion(ready.map(\.name))
      waiting.removeAll { placed.contains($0.name) }
    }
    return result
  }
}

extension Distribution {
  func isCompatible(with other: Distribution) -> Bool {
    switch (self, other) {
    case (.float, .float), (.integer, .integer), (.float, .integer), (.integer, .float): true
    case (.choice, .choice), (.choice, .fixed), (.fixed, .choice), (.fixed, .fixed): true
    case (.fixed(let value), _), (_, .fixed(let value)): value.number != nil
    default: false
    }
  }
}
