import HoneRecords

/// A parameter as samplers see it: an interval of transformed numbers, or the indices of choices.
struct Axis: Sendable {
  enum Kind: Sendable, Equatable {
    case continuous
    /// Raw values `first + index * step`.
    case stepped(first: Double, step: Double, count: Int)
    case categorical(count: Int)
  }

  let distribution: Distribution
  let kind: Kind
  let scale: Scale
  /// The ends in transformed numbers; half a step beyond the outer values where there are steps.
  let lower: Double
  let upper: Double

  init(_ distribution: Distribution) {
    self.distribution = distribution
    switch distribution {
    case .float(let low, let high, let scale, nil):
      self.scale = scale
      kind = .continuous
      lower = scale.transformed(low)
      upper = scale.transformed(high)
    case .float(let low, let high, let scale, .some(let step)):
      self.scale = scale
      let count = Distribution.steps(low, high, step)
      kind = .stepped(first: low, step: step, count: count)
      lower = Axis.edge(below: low, step, scale)
      upper = Axis.edge(above: low + Double(count - 1) * step, step, scale)
    case .integer(let low, let high, let scale, let step):
      self.scale = scale
      let count = (high - low) / step + 1
      kind = .stepped(first: Double(low), step: Double(step), count: count)
      lower = Axis.edge(below: Double(low), Double(step), scale)
      upper = Axis.edge(above: Double(low + (count - 1) * step), Double(step), scale)
    case .choice, .fixed:
      scale = .linear
      kind = .categorical(count: distribution.count ?? 1)
      lower = 0
      upper = Double(distribution.count ?? 1)
    }
  }

  /// Half a step below a raw value, transformed; a wide step may not leave the scale's domain.
  static func edge(below value: Double, _ step: Double, _ scale: Scale) -> Double {
    let edge = value - step / 2
    return scale.transformed(scale != .linear && edge <= 0 ? value / 2 : edge)
  }

  static func edge(above value: Double, _ step: Double, _ scale: Scale) -> Double {
    let edge = value + step / 2
    return scale.transformed(scale == .logit && edge >= 1 ? (1 + value) / 2 : edge)
  }

  var isCategorical: Bool { if case .categorical = kind { true } else { false } }

  /// Whether there is only one value, so that nothing is to be learned.
  var isSingle: Bool { distribution.count == 1 }

  /// The number that stands for a value; nil where the parameter cannot take it.
  func encoded(_ value: HyperparameterValue) -> Double? {
    switch distribution {
    case .float(let low, let high, _, _):
      guard case .number(let number) = distribution.normalized(value) ?? value else { return nil }
      return number >= low && number <= high ? scale.transformed(number) : nil
    case .integer(let low, let high, _, _):
      guard case .integer(let number) = value, number >= low, number <= high else { return nil }
      return scale.transformed(Double(number))
    case .choice(let choices):
      return choices.firstIndex { $0 == value }.map(Double.init)
    case .fixed(let only):
      return only == value ? 0 : nil
    }
  }

  /// The value nearest to a transformed number.
  func decoded(_ coordinate: Double) -> HyperparameterValue {
    switch distribution {
    case .float(let low, let high, _, nil):
      return .number(min(max(scale.restored(coordinate), low), high))
    case .float, .integer:
      let index = stepIndex(scale.restored(coordinate))
      if case .integer(let low, _, _, let step) = distribution {
        return .integer(low + index * step)
      }
      guard case .float(let low, let high, _, .some(let step)) = distribution else {
        return .number(coordinate)
      }
      return .number(min(low + Double(index) * step, high))
    case .choice(let choices):
      return choices[min(max(Int(coordinate), 0), choices.count - 1)]
    case .fixed(let only):
      return only
    }
  }

  private func stepIndex(_ raw: Double) -> Int {
    guard case .stepped(let first, let step, let count) = kind else { return 0 }
    let index = ((raw - first) / step).rounded()
    return Int(min(max(index, 0), Double(count - 1)))
  }

  /// The transformed number moved to the nearest value that exists.
  func snapped(_ coordinate: Double) -> Double {
    switch kind {
    case .continuous: return min(max(coordinate, lower), upper)
    case .stepped(let first, let step, _):
      return scale.transformed(first + Double(stepIndex(scale.restored(coordinate))) * step)
    case .categorical(let count):
      return min(max(coordinate.rounded(.down), 0), Double(count - 1))
    }
  }

  /// The interval of transformed numbers that belongs to one stepped value.
  func cell(_ coordinate: Double) -> (lower: Double, upper: Double) {
    guard case .stepped(_, let step, _) = kind else { return (coordinate, coordinate) }
    let raw = scale.restored(coordinate)
    return (Axis.edge(below: raw, step, scale), Axis.edge(above: raw, step, scale))
  }

  /// The value at a fraction 0...1 of the interval, each choice with the same share.
  func value(atFraction fraction: Double) -> HyperparameterValue {
    decoded(lower + min(max(fraction, 0), 1) * (upper - lower))
  }

  /// Where in 0...1 a transformed number lies; the middle of a choice's share.
  func fraction(_ coordinate: Double) -> Double {
    let shifted = isCategorical ? coordinate + 0.5 : coordinate
    return upper > lower ? (shifted - lower) / (upper - lower) : 0.5
  }
}
