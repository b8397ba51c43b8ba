public import HoneRecords

/// A parameter that holds only where another one has one of some values.
public struct Condition: Sendable, Hashable {
  /// The other parameter's name.
  public var parameter: String
  /// The values that it must have one of.
  public var values: [HyperparameterValue]

  /// A condition.
  public init(parameter: String, values: [HyperparameterValue]) {
    self.parameter = parameter
    self.values = values
  }
}

/// One dimension of a search space.
///
/// ```swift
/// let space = try SearchSpace([
///   .float("learningRate", 1e-5...1e-1, scale: .log),
///   .choice("optimizer", ["adamW", "sgd"]),
///   .float("momentum", 0...0.99).when("optimizer", is: "sgd"),
/// ])
/// ```
public struct SearchParameter: Sendable, Hashable {
  /// Its name: the key path of a configuration, or any other text.
  public var name: String
  /// The values that it may take.
  public var distribution: Distribution
  /// What must hold for it to be there at all.
  public var conditions: [Condition]
  /// The value that trials from before the parameter was added had; nil where they had none.
  public var valueBefore: HyperparameterValue?

  /// A parameter.
  public init(
    _ name: String, _ distribution: Distribution, conditions: [Condition] = [],
    valueBefore: HyperparameterValue? = nil
  ) {
    self.name = name
    self.distribution = distribution
    self.conditions = conditions
    self.valueBefore = valueBefore
  }

  /// A number.
  /// - Parameters:
  ///   - range: the bounds, both included.
  ///   - scale: the scale on which it is spread evenly.
  ///   - step: the distance between the values; nil for all numbers.
  public static func float(
    _ name: String, _ range: ClosedRange<Double>, scale: Scale = .linear, step: Double? = nil
  ) -> SearchParameter {
    SearchParameter(
      name,
      .float(low: range.lowerBound, high: range.upperBound, scale: scale, step: step))
  }

  /// A whole number.
  public static func integer(
    _ name: String, _ range: ClosedRange<Int>, scale: Scale = .linear, step: Int = 1
  ) -> SearchParameter {
    SearchParameter(
      name,
      .integer(low: range.lowerBound, high: range.upperBound, scale: scale, step: step))
  }

  /// One of several values.
  public static func choice(_ name: String, _ values: [HyperparameterValue]) -> SearchParameter {
    SearchParameter(name, .choice(values))
  }

  /// True or false.
  public static func bool(_ name: String) -> SearchParameter {
    SearchParameter(name, .choice([false, true]))
  }

  /// A value that no trial changes.
  public static func fixed(_ name: String, _ value: HyperparameterValue) -> SearchParameter {
    SearchParameter(name, .fixed(value))
  }

  /// The same parameter, present only where another one has a value; several calls must all hold.
  public func when(_ parameter: String, is value: HyperparameterValue) -> SearchParameter {
    when(parameter, isOneOf: [value])
  }

  /// The same parameter, present only where another one has one of some values.
  public func when(_ parameter: String, isOneOf values: [HyperparameterValue]) -> SearchParameter {
    var copy = self
    copy.conditions.append(Condition(parameter: parameter, values: values))
    return copy
  }

  /// The same parameter, added to a running study whose trials so far all had a value of it.
  public func wasBefore(_ value: HyperparameterValue) -> SearchParameter {
    var copy = self
    copy.valueBefore = value
    return copy
  }
}
