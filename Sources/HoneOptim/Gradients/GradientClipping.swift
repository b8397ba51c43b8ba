public import HoneTensor

/// The Euclidean norm of all gradients taken together, as a scalar tensor; zero without any.
///
/// Does not wait for the device; `item()` on the result does.
public func globalGradientNorm(of parameters: [Parameter]) -> Tensor {
  withoutGradients { norm(of: parameters.compactMap(\.gradient)) }
}

/// Scales all gradients by one factor so that their global norm is at most `limit`.
///
/// It bounds gradients, never weights. Pascanu et al. 2012 (arXiv 1211.5063).
///
/// - Returns: the norm before clipping, as a scalar tensor; not finite when a gradient is not. Does
///   not wait for the device; `item()` on the result does.
/// - Precondition: `limit` is positive; the parameters are on one device.
@discardableResult
public func clipGradients(of parameters: [Parameter], toNorm limit: Double) -> Tensor {
  requirePositive(limit, "The largest gradient norm")
  return withoutGradients {
    let gradients = parameters.compactMap(\.gradient)
    let total = norm(of: gradients)
    if gradients.isEmpty { return total }
    // The small constant keeps a norm of zero from becoming a division by zero.
    let factor = (Scalar(limit) / (total + 1e-6)).clamped(maximum: 1)
    ATen._foreach_mul__Tensor(gradients, other: factor)
    return total
  }
}

/// Bounds each element of each gradient to `-limit...limit`.
/// - Precondition: `limit` is positive.
public func clipGradients(of parameters: [Parameter], toValue limit: Double) {
  requirePositive(limit, "The largest gradient element")
  withoutGradients {
    for gradient in parameters.compactMap(\.gradient) {
      ATen.clamp_(gradient, min: Scalar(-limit), max: Scalar(limit))
    }
  }
}

/// Scales the gradient of each parameter on its own so that its norm is at most `limit`.
///
/// What Keras calls `clipnorm`; a common factor for all gradients keeps their direction, this does not.
/// - Precondition: `limit` is positive.
public func clipGradients(of parameters: [Parameter], toNormEach limit: Double) {
  requirePositive(limit, "The largest gradient norm of a parameter")
  withoutGradients {
    let gradients = parameters.compactMap(\.gradient)
    if gradients.isEmpty { return }
    for (gradient, norm) in zip(gradients, ATen._foreach_norm_Scalar(gradients)) {
      ATen.mul__Tensor(gradient, other: (Scalar(limit) / (norm + 1e-6)).clamped(maximum: 1))
    }
  }
}

private func norm(of gradients: [Tensor]) -> Tensor {
  if gradients.isEmpty { return Tensor(0) }
  if let sums = SquareSums(gradients) {
    let norm = sums.values.squareRoot()
    return gradients[0].dtype == .float64 ? Tensor([norm], shape: []) : Tensor(Float(norm))
  }
  return ATen.linalg_vector_norm(ATen.stack(ATen._foreach_norm_Scalar(gradients)))
}

/// Traps on a bound that is not a positive finite number.
func requirePositive(_ value: Double, _ name: String) {
  guard value.isFinite, value > 0 else {
    fatalError("\(name) is \(value); it must be a finite number above 0.")
  }
}
