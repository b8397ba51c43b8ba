import CTorch

extension Tensor {
  /// Whether operations on this tensor are recorded for differentiation.
  public var requiresGradient: Bool {
    withExtendedLifetime(handle) { ct_tensor_requires_grad(pointer) }
  }

  /// This tensor with recording switched on; shares its memory, starts its own graph.
  public func requiringGradient() -> Tensor {
    let leaf = detached()
    leaf.setRequiresGradient(true)
    return leaf
  }

  /// The same values outside the graph.
  public func detached() -> Tensor { ATen.detach(self) }

  package func setRequiresGradient(_ enabled: Bool) {
    check(
      withExtendedLifetime(handle) { ct_tensor_set_requires_grad(pointer, enabled) },
      "requiresGradient")
  }

  /// The gradient that `backward()` accumulated on a leaf; nil where there is none.
  public var gradient: Tensor? {
    var out: ct_tensor?
    check(withExtendedLifetime(handle) { ct_tensor_grad(pointer, &out) }, "gradient")
    return out.map { Tensor(owning: $0) }
  }

  package func setGradient(_ gradient: Tensor?) {
    check(
      withExtendedLifetime((handle, gradient)) {
        ct_tensor_set_grad(pointer, gradient?.pointer)
      }, "gradient")
  }

  /// Adds the gradient of this scalar to each leaf that it depends on.
  /// - Parameters:
  ///   - gradient: the weight of each element, for a tensor that is no scalar.
  ///   - retainGraph: whether the graph is kept for another pass.
  ///   - createGraph: whether the gradients can be differentiated themselves.
  /// - Precondition: the tensor depends on a leaf that requires gradients.
  public func backward(
    _ gradient: Tensor? = nil, retainGraph: Bool = false, createGraph: Bool = false
  ) {
    check(
      withExtendedLifetime((handle, gradient)) {
        ct_backward(pointer, gradient?.pointer, retainGraph || createGraph, createGraph)
      }, "backward")
  }
}

/// The gradients of a tensor with respect to others, without touching what is accumulated on them.
/// - Parameters:
///   - output: a scalar, or any tensor together with `weight`.
///   - inputs: tensors that require gradients.
///   - weight: the weight of each output element; ones for a scalar.
///   - retainGraph: whether the graph is kept for another pass.
///   - createGraph: whether the gradients can be differentiated themselves.
/// - Returns: one gradient for each input; zeros where the output does not depend on it.
public func gradients(
  of output: Tensor, withRespectTo inputs: [Tensor], weight: Tensor? = nil,
  retainGraph: Bool = false, createGraph: Bool = false
) -> [Tensor] {
  var out = ct_tensor_array()
  let outputs = [output.pointer]
  let weights = weight.map { [$0.pointer] }
  let status = withExtendedLifetime((output, inputs, weight)) {
    ct_gradients(
      outputs, 1, inputs.map { $0.pointer }, inputs.count, weights,
      retainGraph || createGraph, createGraph, true, &out)
  }
  check(status, "gradients")
  let found = Tensor.list(owning: out)
  if found.isEmpty { return inputs.map { _ in .poisoned } }
  return zip(inputs, found).map { input, gradient in
    ct_tensor_defined(gradient.pointer) ? gradient : input.zerosLike()
  }
}
