public import HoneTensor

/// A model whose blocks can be computed again in the backward pass instead of being remembered.
public protocol Recomputing: Module {
  /// The switch.
  var recomputation: Recomputation { get }
}

extension Module {
  /// Switches activation checkpointing on or off, in the outermost parts that have it.
  ///
  /// On, the activations within a block are forgotten after the forward pass and computed again in the
  /// backward pass: less memory, about a third more time. Weights come out the same, bit for bit on
  /// the CPU.
  /// - Returns: how many parts have the switch; zero where nothing can be saved.
  @discardableResult
  public func recomputesActivations(_ isOn: Bool) -> Int {
    if let part = self as? any Recomputing {
      part.recomputation.isOn = isOn
      return 1
    }
    return children.reduce(0) { count, child in
      guard case .module(let module) = child.content else { return count }
      return count + module.recomputesActivations(isOn)
    }
  }
}

/// Runs blocks so that what happens within them is computed again in the backward pass, where it is
/// switched on and gradients are recorded.
public final class Recomputation {
  /// Whether blocks are computed again.
  public var isOn = false
  private var buffers: [ObjectIdentifier: [Buffer]] = [:]

  /// A switch that is off.
  public init() {}

  /// Whether a pass over an input would be recorded.
  package func isWanted(for input: Tensor) -> Bool {
    isOn && isRecordingGradients && !input.isMeta && !input.isPoisoned
  }

  /// The output of a block.
  public func callAsFunction(_ block: any Layer<Tensor, Tensor>, _ input: Tensor) -> Tensor {
    isWanted(for: input) ? recomputed([block], input) { block($0) } : block(input)
  }

  /// The output of a body that runs layers, as one block.
  func recomputed(
    _ layers: [any Layer<Tensor, Tensor>], _ input: Tensor, _ body: @escaping (Tensor) -> Tensor
  ) -> Tensor {
    let buffers = layers.flatMap(buffers(of:))
    // Running statistics move in the first computation; the second sees them as the first did.
    let before = withoutGradients { buffers.map { $0.value.clone() } }
    var isSecond = false
    return recomputing(input) { input in
      let after = isSecond ? withoutGradients { buffers.map { $0.value.clone() } } : []
      if isSecond { for (buffer, value) in zip(buffers, before) { buffer.overwrite(value) } }
      // Graphs of libtorch's batch normalization hold the statistics.
      defer { for (buffer, value) in zip(buffers, after) { buffer.overwrite(value) } }
      isSecond = true
      return body(input)
    }
  }

  /// The buffers of a layer, found once: a walk reflects.
  private func buffers(of layer: any Layer<Tensor, Tensor>) -> [Buffer] {
    if let known = buffers[ObjectIdentifier(layer)] { return known }
    let found = layer.namedBuffers.map(\.buffer)
    buffers[ObjectIdentifier(layer)] = found
    return found
  }
}
