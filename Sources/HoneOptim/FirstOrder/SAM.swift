import HoneTensor

/// Sharpness-aware minimisation around another optimiser: its gradients are taken where the loss is
/// worst in the neighbourhood of the weights, which leads to flat minima.
///
///     let optimizer = SAM(SGD(model.parameters, learningRate: 0.1, momentum: 0.9))
///     optimizer.clearGradients(); loss().backward()
///     optimizer.step { loss().backward() }          // twice the work of a usual step
///
/// A trainer calls `perturb()`, computes the batch's gradients again, and calls `step()`. Foret et al.
/// 2020 (arXiv 2010.01412); the adaptive form, Kwon et al. 2021 (arXiv 2102.11600).
public final class SAM: Optimizer {
  /// What takes the steps.
  public let base: any Optimizer
  /// The radius of the neighbourhood.
  public let radius: Double
  /// Whether the neighbourhood stretches with each weight's size; it then wants a radius about ten times
  /// as large.
  public let isAdaptive: Bool
  /// The weights before `perturb()`, in the order of `parameters`; nil once they are back.
  private var origin: [Tensor]?

  /// What a gradient norm of zero is divided by.
  private static let smallestNorm = 1e-12

  /// A wrapper of an optimiser.
  /// - Precondition: `radius` is finite and not negative.
  public init(_ base: any Optimizer, radius: Double = 0.05, isAdaptive: Bool = false) {
    requireNonNegative(radius, "radius")
    self.base = base
    self.radius = radius
    self.isAdaptive = isAdaptive
  }

  /// The parameters, grouped by how they are treated.
  public var groups: [ParameterGroup] { base.groups }
  /// The rate of the next step, before each group's `learningRateScale`.
  public var learningRate: Double {
    get { base.learningRate }
    set { base.learningRate = newValue }
  }

  /// Moves the parameters that have a gradient uphill, by the radius in all.
  /// - Returns: whether there was a gradient.
  public func perturb() -> Bool {
    unperturb()
    let moved = parameters.filter { $0.gradient != nil }
    if moved.isEmpty { return false }
    withoutGradients {
      let values = parameters.map { $0.value.detached() }
      origin = values.map { $0.clone() }
      let targets = moved.map { $0.value.detached() }
      let uphill = ATen._foreach_mul_Scalar(moved.compactMap(\.gradient), scalar: 1)
      let sizes = isAdaptive ? ATen._foreach_abs(targets) : []
      if isAdaptive { ATen._foreach_mul__List(uphill, other: sizes) }
      let norm = Tensor.stacked(ATen._foreach_norm_Scalar(uphill)).norm()
      if isAdaptive { ATen._foreach_mul__List(uphill, other: sizes) }
      ATen._foreach_mul__Tensor(uphill, other: Scalar(radius) / (norm + Scalar(Self.smallestNorm)))
      ATen._foreach_add__List(targets, other: uphill)
    }
    return true
  }

  /// Puts the parameters back where `perturb()` found them.
  public func unperturb() {
    guard let origin else { return }
    withoutGradients {
      ATen._foreach_copy_(parameters.map { $0.value.detached() }, src: origin)
    }
    self.origin = nil
  }

  /// Puts the parameters back where `perturb()` found them, and steps from there.
  public func step() {
    unperturb()
    base.step()
  }

  /// A whole step: uphill by the gradients present, new gradients there by `backward`, back, and down.
  /// - Parameter backward: computes the gradients of the same samples at the present parameters.
  public func step(_ backward: () throws -> Void) rethrows {
    if perturb() {
      clearGradients()
      do {
        try backward()
      } catch {
        unperturb()
        throw error
      }
    }
    step()
  }

  /// What an exact continuation needs besides the parameters themselves.
  /// - Precondition: the parameters are not perturbed.
  public var state: OptimizerState {
    guard origin == nil else {
      fatalError("SAM's state was read between perturb() and step(); read it after the step.")
    }
    var state = base.state
    state.kind = "SAM(\(state.kind))"
    return state
  }

  /// Takes over the state of a `SAM` around an optimiser of the same kind and parameters.
  ///
  /// Perturbed parameters stay where they are.
  public func load(_ state: OptimizerState) throws(OptimizerStateError) {
    try base.load(state.unwrapped("SAM"))
    origin = nil
  }
}

extension OptimizerState {
  /// The state of the optimiser inside a wrapper, whose own kind is `WRAPPER(KIND)`.
  func unwrapped(_ wrapper: String) throws(OptimizerStateError) -> OptimizerState {
    guard kind.hasPrefix("\(wrapper)("), kind.hasSuffix(")") else {
      throw .kind(found: kind, expected: "\(wrapper)(…)")
    }
    var inner = self
    inner.kind = String(kind.dropFirst(wrapper.count + 1).dropLast())
    return inner
  }
}
