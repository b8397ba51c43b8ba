import HoneNumerics
import HoneTensor

/// Lookahead around another optimiser: after every few of its steps the weights go back to a share of
/// the way from a slow copy, which damps the noise of fast steps.
///
/// Zhang et al. 2019 (arXiv 1907.08610), whose defaults are taken; PyTorch has none. The inner
/// optimiser's state is kept at these moments.
public final class Lookahead: Optimizer {
  /// What takes the fast steps.
  public let base: any Optimizer
  /// Fast steps for each slow one.
  public let period: Int
  /// The share of the way that the slow weights go.
  public let share: Double
  /// The fast steps so far.
  private var steps = 0
  /// The slow weights; none before the first step.
  private var slow: [Tensor] = []

  /// A wrapper of an optimiser.
  /// - Precondition: `period` is positive, `share` is in 0...1.
  public init(_ base: any Optimizer, period: Int = 5, share: Double = 0.5) {
    guard period > 0, (0...1).contains(share) else {
      fatalError(
        "Lookahead received the period \(period) and the share \(share); the period must be at least "
          + "1, the share in 0...1.")
    }
    self.base = base
    self.period = period
    self.share = share
  }

  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { base.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double {
    get { base.learningRate }
    set { base.learningRate = newValue }
  }

  /// Moves the parameters as the optimiser inside wants it.
  public func perturb() -> Bool {
    keepSlowWeights()
    return base.perturb()
  }

  /// Puts the parameters back for the optimiser inside.
  public func unperturb() { base.unperturb() }

  /// A fast step, and a slow one where it is due.
  public func step() {
    keepSlowWeights()
    base.step()
    finishFastStep()
  }

  /// A fast step by as many evaluations as the optimiser inside needs, and a slow one where it is due.
  ///
  /// An objective that is not finite leaves the parameters alone.
  /// - Returns: the objective before the step.
  @discardableResult
  public func step(evaluating objective: StepObjective) -> Double {
    keepSlowWeights()
    let value = base.step(evaluating: objective)
    if value.isFinite { finishFastStep() }
    return value
  }

  private func finishFastStep() {
    steps += 1
    guard steps.isMultiple(of: period), !slow.isEmpty else { return }
    withoutGradients {
      let fast = values
      ATen._foreach_lerp__Scalar(slow, tensors1: fast, weight: Scalar(share))
      ATen._foreach_copy_(fast, src: slow)
    }
  }

  /// What an exact continuation needs besides the parameters themselves.
  public var state: OptimizerState {
    var state = base.state
    state.kind = "Lookahead(\(state.kind))"
    state.scalars["lookaheadSteps"] = Double(steps)
    state.tensors += slow.enumerated().map { index, tensor in
      OptimizerState.Entry(name: "slow.\(index)", value: tensor.hostTensor())
    }
    return state
  }

  /// Takes over the state of a `Lookahead` around an optimiser of the same kind and parameters.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    var inner = try state.unwrapped("Lookahead")
    guard let count = inner.scalars.removeValue(forKey: "lookaheadSteps") else {
      throw .missing(name: "lookaheadSteps")
    }
    var stored: [String: HostTensor] = [:]
    for entry in inner.tensors where entry.name.hasPrefix("slow.") {
      stored[entry.name] = entry.value
    }
    inner.tensors.removeAll { $0.name.hasPrefix("slow.") }
    var loaded: [Tensor] = []
    if count > 0 || !stored.isEmpty {
      for (index, parameter) in parameters.enumerated() {
        let name = "slow.\(index)"
        guard let host = stored.removeValue(forKey: name) else { throw .missing(name: name) }
        try requireFit(host, name, parameter.shape, parameter.value.dtype)
        let tensor = withoutGradients { parameter.value.zerosLike() }
        ATen.copy_(tensor, src: Tensor(host))
        loaded.append(tensor)
      }
      if let name = stored.keys.sorted().first { throw .unexpected(name: name) }
    }
    try base.load(inner)
    (steps, slow) = (Int(count), loaded)
  }

  private var values: [Tensor] { parameters.map { $0.value.detached() } }

  /// Before the first step: the parameters may have been loaded since this object was made.
  private func keepSlowWeights() {
    if steps == 0, slow.isEmpty { slow = withoutGradients { values.map { $0.clone() } } }
  }
}
