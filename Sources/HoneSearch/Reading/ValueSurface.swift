import HoneRecords

/// A study's value over two of its parameters, interpolated between the trials.
public struct ValueSurface: Sendable, Equatable {
  /// The places along the first parameter, each in 0...1 of its scale.
  public let first: [Double]
  /// The places along the second parameter.
  public let second: [Double]
  /// The value at each place, row by row of the second parameter; nil where no trial says anything:
  /// beside a choice that was never tried.
  public let values: [[Double?]]
}

extension StudyRecord {
  /// The first objective's value over two parameters: the mean of the trials, weighted by the inverse
  /// square of their distance on the parameters' scales (Shepard 1968).
  ///
  /// A choice has one place for each of its values, and only trials of that value count there.
  /// - Parameter places: how many places a number has.
  /// - Throws: `SearchError.unknownParameter` for a name that the space does not have.
  public func surface(
    _ first: String, _ second: String, places: Int = 24
  ) throws(SearchError) -> ValueSurface {
    let points = try slice([first, second])
    let parameters = [first, second].compactMap { space.parameter($0) }
    let trials = points.compactMap { point -> (place: [Double], value: Double)? in
      let place = zip(parameters, point.parameters).compactMap { $0.position(of: $1) }
      return place.count == 2 && point.value.isFinite ? (place, point.value) : nil
    }
    let axes = parameters.map { StudyRecord.places(of: $0, most: places) }
    let tolerance = parameters.map { $0.isNumber ? Double.infinity : 1e-9 }
    func value(_ x: Double, _ y: Double) -> Double? {
      var (sum, weight) = (0.0, 0.0)
      for trial in trials {
        let (dx, dy) = (trial.place[0] - x, trial.place[1] - y)
        guard abs(dx) <= tolerance[0], abs(dy) <= tolerance[1] else { continue }
        let own = 1 / (dx * dx + dy * dy + 1e-4)
        sum += own * trial.value
        weight += own
      }
      return weight > 0 ? sum / weight : nil
    }
    return ValueSurface(
      first: axes[0], second: axes[1],
      values: axes[1].map { y in axes[0].map { x in value(x, y) } })
  }

  /// Positions spread evenly over a number's scale, each at another value; the middle of each choice.
  private static func places(of parameter: SearchParameter, most: Int) -> [Double] {
    let count = parameter.isNumber ? most : parameter.distribution.count ?? 1
    var values: [HyperparameterValue] = []
    for index in 0..<count {
      let value = parameter.value(at: (Double(index) + 0.5) / Double(count))
      if values.last != value { values.append(value) }
    }
    return values.compactMap(parameter.position)
  }
}
