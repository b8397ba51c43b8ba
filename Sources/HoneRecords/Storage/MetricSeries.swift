/// One value of a metric that a program logs under a name of its own.
public struct MetricPoint: Sendable, Codable, Equatable {
  /// The optimiser step, or whatever else the program counts.
  public var step: Int
  /// The value.
  public var value: Double
  /// Seconds since the run began; nil where not kept.
  public var seconds: Double?

  /// A value at a step.
  public init(step: Int, value: Double, seconds: Double? = nil) {
    self.step = step
    self.value = value
    self.seconds = seconds
  }
}

/// The values of one metric, by step.
public struct MetricSeries: Sendable, Codable, Equatable {
  /// The metric's name.
  public var name: String
  /// Its values, each step once, in the order of steps.
  public var points: [MetricPoint]

  /// A series.
  public init(name: String, points: [MetricPoint]) {
    self.name = name
    self.points = points
  }
}
