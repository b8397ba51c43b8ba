import HoneNN
import HoneRecords
import HoneTensor

/// What the layers with weights are and what follows each, from one forward pass.
/// - Parameter trace: the pass; layers that it does not show come last.
func layerFacts(of model: any Module, trace: LayerTrace) -> [LayerFact] {
  var paths: [ObjectIdentifier: String] = [:]
  for (path, module) in model.namedModules { paths[ObjectIdentifier(module)] = path }
  let linear = linearNeighbours(in: model)
  var facts: [LayerFact] = []
  var seen: Set<ObjectIdentifier> = []
  for event in trace.events {
    guard let layer = event.layer else {
      if !facts.isEmpty, !seen.isEmpty { facts[facts.count - 1].followers.append(event.kind) }
      continue
    }
    let key = ObjectIdentifier(layer)
    guard seen.insert(key).inserted else { continue }
    var fact = fact(of: layer, path: paths[key] ?? "")
    if linear.contains(key) { fact.followers = ["nothing"] }
    facts.append(fact)
  }
  return facts
}

private func fact(of layer: any WeightedLayer, path: String) -> LayerFact {
  let weight = layer.weight.value.detached()
  let units = weight.rank > 0 ? weight.shape[0] : 1
  return withoutGradients {
    LayerFact(
      path: path, kind: "\(type(of: layer))", followers: [], inputs: weight.count / max(units, 1),
      units: units,
      weight: weight.cast(to: .float32).norm().item()
        / Double(max(weight.count, 1)).squareRoot(),
      duplicateShare: duplicateShare(layer), isTrainable: layer.weight.isTrainable)
  }
}

/// The share of units that compute the same as an earlier one: equal weights and bias.
private func duplicateShare(_ layer: any WeightedLayer) -> Double {
  let weight = layer.weight.value.detached()
  guard weight.rank >= 2, weight.shape[0] > 1 else { return 0 }
  let rows = weight.shape[0]
  let width = weight.count / rows
  let values = weight.floats
  let biases = layer.bias?.value.count == rows ? layer.bias?.value.detached().floats : nil
  var seen: Set<[Float]> = []
  let step = max(1, width / 64)
  for row in 0..<rows {
    var sketch = stride(from: 0, to: width, by: step).map { values[row * width + $0] }
    if let biases { sketch.append(biases[row]) }
    seen.insert(sketch)
  }
  return Double(rows - seen.count) / Double(rows - 1)
}

/// The layers whose output reaches the next layer with weights without anything that bends it.
private func linearNeighbours(in model: any Module) -> Set<ObjectIdentifier> {
  var found: Set<ObjectIdentifier> = []
  for case let sequence as Sequential in model.namedModules.map(\.module) {
    var open: (any WeightedLayer)?
    for layer in sequence.layers {
      if let next = layer as? any WeightedLayer {
        if let open, isCollapsible(open, next) { found.insert(ObjectIdentifier(open)) }
        open = next
      } else if !(layer is Flatten || layer is Dropout || layer is BatchNorm || layer is Identity
        || layer is AveragePool2d || layer is Reshape || isStraight(layer))
      {
        open = nil
      }
    }
  }
  return found
}

/// Whether a layer is a rectifier that lets everything through: the activation `identity`.
private func isStraight(_ layer: any Module) -> Bool {
  if let rectifier = layer as? LeakyReLU, case .leakyReLU(let slope) = rectifier.activation {
    return slope == 1
  }
  return false
}

/// Whether two layers in a row do no more than one could: a narrow layer between wide ones is a
/// factorization, made on purpose.
private func isCollapsible(_ first: any WeightedLayer, _ second: any WeightedLayer) -> Bool {
  let weight = first.weight.value
  guard weight.rank >= 2, weight.shape[0] > 0 else { return false }
  let units = weight.shape[0]
  let next = second.weight.value.shape.first ?? 0
  return units >= min(weight.count / units, next)
}
