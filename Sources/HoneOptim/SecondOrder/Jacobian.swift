import HoneTensor

/// Residuals of all terms and their derivatives, in double precision on the CPU.
///
/// One backward pass for each residual or, where that is less, two for each parameter element: the
/// gradient Jᵀu is linear in u, and its own derivative along u gives a column of J.
func jacobian(
  of residuals: (Int) -> Tensor, terms: Int, in space: ParameterSpace
) -> (residuals: Tensor, jacobian: Tensor) {
  var values: [Tensor] = []
  var blocks: [Tensor] = []
  for index in 0..<terms {
    let residual = withGradients { residuals(index).reshaped([-1]) }
    values.append(residual.detached().cast(to: .float64).to(.cpu))
    let block =
      residual.count <= 2 * space.dimension
      ? rows(of: residual, in: space) : columns(of: residual, in: space)
    blocks.append(block.cast(to: .float64).to(.cpu))
  }
  return withoutGradients { (Tensor.concatenated(values), Tensor.concatenated(blocks)) }
}

private func rows(of residual: Tensor, in space: ParameterSpace) -> Tensor {
  let inputs = space.parameters.map(\.value)
  let count = residual.count
  let units = ATen.eye(count, dtype: residual.dtype, device: residual.device)
  let rows = (0..<count).map { row in
    guard residual.requiresGradient else { return space.zeros }
    return space.joined(
      gradients(of: residual, withRespectTo: inputs, weight: units[row], retainGraph: true))
  }
  return withoutGradients { Tensor.stacked(rows) }
}

private func columns(of residual: Tensor, in space: ParameterSpace) -> Tensor {
  guard residual.requiresGradient else {
    return Tensor.zeros([residual.count, space.dimension], dtype: residual.dtype)
  }
  let weight = residual.detached().zerosLike().requiringGradient()
  let combined = gradients(
    of: residual, withRespectTo: space.parameters.map(\.value), weight: weight, retainGraph: true,
    createGraph: true)
  let flat = withGradients { Tensor.concatenated(combined.map { $0.reshaped([-1]) }) }
  let units = ATen.eye(space.dimension, dtype: residual.dtype, device: residual.device)
  let columns = (0..<space.dimension).map { column in
    gradients(of: flat, withRespectTo: [weight], weight: units[column], retainGraph: true)[0]
      .detached()
  }
  return withoutGradients { Tensor.stacked(columns, along: 1) }
}
