public import HoneTensor

/// A running average of a model's weights, which often generalises better than the last weights.
///
///     let average = ParameterAverage(of: model.parameters, rule: .exponential(decay: 0.999))
///     optimizer.step(); average.update()          // every step, or every epoch for `.uniform`
///     average.exchange(); evaluate(); average.exchange()
public final class ParameterAverage {
  /// How much each new set of weights counts.
  public enum Rule: Sendable, Equatable, Codable {
    /// The average keeps `decay` of itself at each update; less in the first updates,
    /// `(1 + n) / (10 + n)` at most, so that it does not cling to the initial weights.
    case exponential(decay: Double)
    /// All updates count alike (stochastic weight averaging, Izmailov et al. 2018, arXiv
    /// 1803.05407).
    case uniform
  }

  /// How much each new set of weights counts.
  public let rule: Rule
  /// The updates so far.
  public private(set) var updates = 0
  /// Whether the model holds the average now, and this object the trained weights.
  public private(set) var isExchanged = false
  private let parameters: [Parameter]
  private let buffers: [Buffer]
  private var stored: [Tensor]

  /// An average that starts at the present values.
  /// - Parameters:
  ///   - parameters: the parameters to average.
  ///   - buffers: tensors that follow the weights, such as running statistics. Those of whole numbers
  ///     are copied, not averaged.
  ///   - rule: how much each new set of weights counts.
  /// - Precondition: an exponential rule's decay is in 0..<1.
  public init(of parameters: [Parameter], buffers: [Buffer] = [], rule: Rule) {
    if case .exponential(let decay) = rule { requireFraction(decay, "The average's decay") }
    self.rule = rule
    self.parameters = parameters
    self.buffers = buffers
    let live = parameters.map { $0.value.detached() } + buffers.map(\.value)
    stored = withoutGradients { live.map { $0.clone() } }
  }

  /// Takes the present weights into the average.
  /// - Precondition: the model holds the trained weights, not the average.
  public func update() {
    guard !isExchanged else {
      fatalError("The average was updated while the model held it; call exchange() before.")
    }
    let share = self.share
    updates += 1
    withoutGradients {
      let pairs = zip(stored, live)
      let averaged = pairs.filter { $0.0.dtype.isFloatingPoint }
      if !averaged.isEmpty {
        ATen._foreach_lerp__Scalar(
          averaged.map(\.0), tensors1: averaged.map(\.1), weight: Scalar(share))
      }
      for (average, value) in pairs where !average.dtype.isFloatingPoint {
        ATen.copy_(average, src: value)
      }
    }
  }

  /// Exchanges the model's weights and the average; a second call undoes the first.
  public func exchange() {
    isExchanged.toggle()
    withoutGradients {
      for (index, tensor) in live.enumerated() {
        let present = tensor.clone()
        ATen.copy_(tensor, src: stored[index])
        stored[index] = present
      }
    }
  }

  /// The present weights, wherever their memory is by now.
  private var live: [Tensor] { parameters.map { $0.value.detached() } + buffers.map(\.value) }

  /// The weight of the next update.
  private var share: Double {
    let count = Double(updates)
    return switch rule {
    case .exponential(let decay): 1 - min(decay, (1 + count) / (10 + count))
    case .uniform: 1 / (count + 1)
    }
  }
}

// The state in host memory.
extension ParameterAverage {
  /// What an exact continuation needs.
  ///
  /// Waits for the device.
  /// - Precondition: the model holds the trained weights, not the average.
  public var state: OptimizerState {
    guard !isExchanged else {
      fatalError("The average's state was read while the model held it; call exchange() before.")
    }
    return OptimizerState(
      kind: kind, scalars: ["updates": Double(updates)],
      tensors: stored.enumerated().map { index, tensor in
        OptimizerState.Entry(name: "average.\(index)", value: tensor.hostTensor())
      })
  }

  /// Takes over the state of an average of the same rule and parameters.
  /// - Throws: `OptimizerStateError` when the state belongs to another rule or to other parameters.
  /// - Precondition: the model holds the trained weights, not the average.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    guard !isExchanged else {
      fatalError("A state was loaded while the model held the average; call exchange() before.")
    }
    guard state.kind == kind else { throw .kind(found: state.kind, expected: kind) }
    guard let count = state.scalars["updates"] else { throw .missing(name: "updates") }
    for (index, tensor) in stored.enumerated() {
      guard index < state.tensors.count else { throw .missing(name: "average.\(index)") }
      try requireFit(state.tensors[index].value, "average.\(index)", tensor.shape, tensor.dtype)
    }
    if state.tensors.count > stored.count {
      throw .unexpected(name: state.tensors[stored.count].name)
    }
    updates = Int(count)
    for (tensor, entry) in zip(stored, state.tensors) {
      ATen.copy_(tensor, src: Tensor(entry.value))
    }
  }

  private var kind: String {
    switch rule {
    case .exponential: "ExponentialMovingAverage"
    case .uniform: "UniformAverage"
    }
  }
}
