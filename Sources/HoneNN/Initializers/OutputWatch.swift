import HoneTensor

/// What linear layers and convolutions gave in some forward passes.
final class OutputWatch {
  /// The layers that ran, in the order of their first outputs.
  private(set) var order: [(name: String, layer: any WeightedLayer)] = []
  private var outputs: [ObjectIdentifier: Tensor] = [:]

  func note(_ output: Tensor, of layer: any WeightedLayer, named name: String) {
    if output.isPoisoned || output.isMeta { return }
    if outputs.updateValue(output, forKey: ObjectIdentifier(layer)) == nil {
      order.append((name, layer))
    }
  }

  /// The last output of a layer.
  func output(of layer: any WeightedLayer) -> Tensor? { outputs[ObjectIdentifier(layer)] }

  /// The variance of a layer's last output; not a number where it did not run.
  func variance(of layer: any WeightedLayer) -> Double {
    output(of: layer).map { $0.cast(to: .float32).variance(correction: 0).item() } ?? .nan
  }
}

extension Module {
  /// Runs code that watches what linear layers and convolutions give, in training mode without dropout
  /// and without records for differentiation.
  ///
  /// Modes, running statistics and observers are as before afterwards.
  func watchingOutputs<R>(_ body: (OutputWatch) throws -> R) rethrows -> R {
    let watch = OutputWatch()
    let weighted = namedModules.compactMap { name, module in
      (module as? any WeightedLayer).map { (name: name, layer: $0, former: $0.outputObserver) }
    }
    let statistics = namedBuffers.map(\.buffer)
    return try withoutGradients {
      let former = statistics.map { $0.value.clone() }
      for (name, layer, _) in weighted {
        layer.outputObserver = { [unowned layer] in watch.note($0, of: layer, named: name) }
      }
      defer {
        for (_, layer, observer) in weighted { layer.outputObserver = observer }
        for (buffer, value) in zip(statistics, former) { buffer.assign(value) }
      }
      return try evaluating {
        for case let norm as BatchNorm in namedModules.map(\.module) { norm.isTraining = true }
        return try body(watch)
      }
    }
  }
}
