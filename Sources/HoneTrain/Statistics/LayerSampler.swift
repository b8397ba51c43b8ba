import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor

/// Looks into the layers during one step, and reads all its numbers at once at the end.
final class LayerSampler {
  typealias Watched = (path: String, layer: any WeightedLayer)

  private let layers: [Watched]
  private var columns: [String: [Tensor]] = [:]
  private var places: [ObjectIdentifier: Int] = [:]
  /// The paths in the order of the forward pass.
  private var order: [Int] = []
  /// The layer whose activation is still to come.
  private var open: Int?
  private var before: [Tensor] = []
  private var slopes: [Int: Tensor] = [:]
  private var descent: Tensor?
  private var knownDescent: Double?
  private typealias Field = WritableKeyPath<LayerState, Double?>
  /// Numbers on a device, which are read at the end.
  private var numbers: [(place: Int, field: Field, value: Tensor)] = []
  /// Numbers that are known already.
  private var known: [(place: Int, field: Field, value: Double)] = []

  /// The samples of a batch that are looked at.
  static let samples = 256

  /// The layers with weights that a model has.
  static func layers(of model: any Module) -> [Watched] {
    model.namedModules.compactMap { name, module in
      (module as? any WeightedLayer).map { (name, $0) }
    }
  }

  /// A sampler of layers.
  init(_ layers: [Watched]) {
    self.layers = layers
    for (place, entry) in layers.enumerated() { places[ObjectIdentifier(entry.layer)] = place }
  }

  /// Runs the forward pass of the step.
  func forward<Result>(_ body: () throws -> Result) rethrows -> Result {
    // Measured at once: kept until the end, outputs would be in memory all together.
    try LayerTrace.showing(each: { event in withoutGradients { self.measure(event) } }, body)
  }

  /// Notes gradients and weights, after the backward pass and before the step.
  func noteGradients() {
    withoutGradients {
      for (place, entry) in layers.enumerated() {
        noteRootMeanSquare(place, \.weight, of: entry.layer.weight.value.detached())
        guard let gradient = entry.layer.weight.gradient else { continue }
        let own = gradient.clone()
        slopes[place] = own
        noteRootMeanSquare(place, \.gradient, of: own)
      }
      before = layers.map { $0.layer.weight.value.detached().clone() }
    }
  }

  /// Notes what the step changed.
  func noteUpdate() {
    withoutGradients {
      for (place, entry) in layers.enumerated() where place < before.count {
        let weight = entry.layer.weight.value.detached()
        let slope = slopes[place]
        if let sums = SquareSums(
          [weight], comparedWith: [before[place]], along: slope.map { [$0] })
        {
          note(place, \.update, (sums.differences / Double(max(weight.count, 1))).squareRoot())
          if slope != nil { knownDescent = (knownDescent ?? 0) + sums.products }
          continue
        }
        let change = weight - before[place]
        noteRootMeanSquare(place, \.update, of: change)
        guard let slope else { continue }
        let product = (change * slope).sum().cast(to: .float32)
        descent = descent.map { $0 + product } ?? product
      }
    }
  }

  /// The sample; waits for the device once.
  ///
  /// Numbers have four digits: what rules compare is a factor of two apart.
  func sample(step: Int, epoch: Int) -> LayerSample {
    var states = layers.map { LayerState(path: $0.path) }
    let packed = numbers.map(\.value) + (descent.map { [$0] } ?? [])
    let values = packed.isEmpty ? [] : withoutGradients { Tensor.stacked(packed).floats }
    let read = zip(numbers, values).map { (place: $0.place, field: $0.field, value: Double($1)) }
    for number in known + read {
      if number.value.isFinite {
        states[number.place][keyPath: number.field] = number.value.shortened()
      } else {
        states[number.place].isFinite = false
      }
    }
    let slope =
      (descent == nil ? nil : values.last.map(Double.init))
      .map { $0 + (knownDescent ?? 0) } ?? knownDescent
    let seen = order + layers.indices.filter { !order.contains($0) }
    return LayerSample(
      step: step, epoch: epoch, descent: slope.flatMap { $0.isFinite ? $0.shortened() : nil },
      layers: seen.map { states[$0] })
  }

  private func measure(_ event: LayerTrace.Event) {
    if let layer = event.layer {
      open = places[ObjectIdentifier(layer)]
      guard let place = open, !order.contains(place) else {
        open = nil
        return
      }
      order.append(place)
      let units = byUnits(event.output, of: layer)
      if let found = UnitStatistics(of: units) {
        note(place, \.output, found.rootMeanSquare)
        if hasSpread(units) { note(place, \.outputSpread, found.spread) }
        return
      }
      note(place, \.output, rootMeanSquare(units))
      if let spread = spread(units) { note(place, \.outputSpread, spread) }
    } else if let place = open, Activity.isActivation(event.kind) {
      measure(byUnits(event.output, of: layers[place].layer), kind: event.kind, at: place)
      open = nil
    }
  }

  private func measure(_ units: Tensor, kind: String, at place: Int) {
    let flat = Activity.flatRange(kind)
    if let found = UnitStatistics(of: units, range: flat ?? -.infinity...(.infinity)) {
      if hasSpread(units) { note(place, \.activationSpread, found.spread) }
      if flat != nil { note(place, \.saturatedShare, found.outsideShare) }
      guard Activity.hasZeros(kind) else { return }
      note(place, \.zeroShare, found.zeroShare)
      return note(place, \.deadShare, found.deadShare)
    }
    if let spread = spread(units) { note(place, \.activationSpread, spread) }
    if let range = flat {
      let outside =
        (units .< Scalar(range.lowerBound)).cast(to: .float32).mean()
        + (units .> Scalar(range.upperBound)).cast(to: .float32).mean()
      note(place, \.saturatedShare, outside)
    }
    guard Activity.hasZeros(kind) else { return }
    let shares = units.isEqual(to: 0).cast(to: .float32).mean(along: [0, 2])
    note(place, \.zeroShare, shares.mean())
    note(place, \.deadShare, shares.isEqual(to: 1).cast(to: .float32).mean())
  }

  /// A tensor as `[samples, units, positions]`.
  private func byUnits(_ tensor: Tensor, of layer: any WeightedLayer) -> Tensor {
    var values = tensor.detached().cast(to: .float32)
    let shape = values.shape
    if let count = shape.first, count > Self.samples {
      values = values.sliced(0..<Self.samples, along: 0)
    }
    let rest = values.shape
    if rest.count == 2 { return values.unsqueezed(at: 2) }
    if rest.count < 2 { return values.reshaped([-1, 1, 1]) }
    return layer is Linear
      ? values.reshaped([rest[0], -1, rest[rest.count - 1]]).transposed()
      : values.reshaped([rest[0], rest[1], -1])
  }

  /// Whether a unit has more than one value.
  private func hasSpread(_ units: Tensor) -> Bool { units.shape[0] * units.shape[2] > 1 }

  private func spread(_ units: Tensor) -> Tensor? {
    guard hasSpread(units) else { return nil }
    // Two sums take a fraction of the time of libtorch's variance. With a value of each unit taken off
    // before, they lose nothing where the spread is small beside the mean, and constants stay zero.
    let moved = units - units.sliced(0..<1, along: 0).sliced(0..<1, along: 2)
    let mean = moved.mean(along: [0, 2])
    let square = moved.squared().mean(along: [0, 2])
    return (square - mean.squared()).clamped(minimum: 0).mean().squareRoot()
  }

  private func note(_ place: Int, _ field: Field, _ value: Double) {
    known.append((place, field, value))
  }

  private func note(_ place: Int, _ field: Field, _ value: Tensor) {
    numbers.append((place, field, value.cast(to: .float32)))
  }

  private func noteRootMeanSquare(_ place: Int, _ field: Field, of tensor: Tensor) {
    guard let sums = SquareSums([tensor]) else {
      return note(place, field, rootMeanSquare(tensor))
    }
    note(place, field, (sums.values / Double(max(tensor.count, 1))).squareRoot())
  }

  private func rootMeanSquare(_ tensor: Tensor) -> Tensor {
    tensor.norm() / Scalar(Double(max(tensor.count, 1)).squareRoot())
  }
}
