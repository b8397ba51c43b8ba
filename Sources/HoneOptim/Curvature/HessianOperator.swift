import HoneTensor

/// The Hessian of an objective at the parameters' present values, as a map of vectors.
///
/// Products are exact: the derivative of the gradient's inner product with the vector (Pearlmutter
/// 1994). Where an operator does not know its second derivative (some fused attention and recurrent
/// kernels), they are central differences of gradients from then on.
///
/// The graph of a single term is kept between products, about three times the memory of a forward
/// pass; several terms are computed again for every product, one at a time.
final class HessianOperator {
  private let space: ParameterSpace
  private let objective: StepObjective
  private var kept: [Tensor]?
  /// Whether products come from second derivatives and not from differences of gradients.
  private(set) var isExact = true

  init(_ space: ParameterSpace, _ objective: StepObjective) {
    self.space = space
    self.objective = objective
  }

  /// The Hessian times a vector.
  func product(_ vector: Tensor) -> Tensor {
    if isExact {
      if let exact = try? catchingTorchErrors({ exactProduct(vector) }) { return exact }
      isExact = false
      kept = nil
    }
    return differenceProduct(vector)
  }

  /// The symmetric matrix, a product for each column.
  func matrix() -> Tensor {
    let units = ATen.eye(space.dimension, dtype: space.dtype, device: space.device)
    let columns = (0..<space.dimension).map { product(units[$0]) }
    return withoutGradients {
      let matrix = Tensor.stacked(columns, along: 1)
      return (matrix + matrix.transposed()) * 0.5
    }
  }

  private func exactProduct(_ vector: Tensor) -> Tensor {
    let parts = space.split(vector)
    var total = space.zeros
    for index in 0..<objective.terms {
      let slopes = slopes(of: index)
      let along = withGradients {
        zip(slopes, parts).reduce(Tensor?.none) { sum, pair in
          let term = (pair.0 * pair.1).sum()
          return sum.map { $0 + term } ?? term
        }
      }
      guard let along, along.requiresGradient else { continue }
      let products = gradients(
        of: along, withRespectTo: space.parameters.map(\.value), retainGraph: kept != nil)
      total = total.adding(space.joined(products), times: 1)
    }
    return total
  }

  /// The gradient of a term, with its graph.
  private func slopes(of index: Int) -> [Tensor] {
    if let kept { return kept }
    let term = withGradients { objective.term(index) }
    let inputs = space.parameters.map(\.value)
    let slopes =
      term.requiresGradient
      ? gradients(of: term, withRespectTo: inputs, createGraph: true)
      : inputs.map { $0.detached().zerosLike() }
    if objective.terms == 1 { kept = slopes }
    return slopes
  }

  private func differenceProduct(_ vector: Tensor) -> Tensor {
    let length = vector.length
    guard length > 0 else { return space.zeros }
    let origin = space.vector
    let gradientsBefore = space.parameters.map(\.gradient)
    // The cube root of the rounding unit balances truncation and rounding of a central difference.
    let unit = space.dtype == .float64 ? 6e-6 : 5e-3
    let step = unit * (1 + origin.length) / length
    var sides: [Tensor] = []
    for sign in [1.0, -1.0] {
      space.assign(origin.adding(vector, times: sign * step))
      _ = objective.evaluate(space.parameters)
      sides.append(space.gradient)
    }
    space.assign(origin)
    for (parameter, gradient) in zip(space.parameters, gradientsBefore) {
      parameter.clearGradient()
      if let gradient { parameter.setGradient(gradient) }
    }
    return sides[0].adding(sides[1], times: -1).scaled(by: 0.5 / step)
  }
}
