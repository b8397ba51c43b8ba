public import HoneTensor

/// Newton's method without a Hessian: H d = -g is solved by conjugate gradients from Hessian products,
/// only as exactly as is worth it (Dembo and Steihaug 1983; Nocedal and Wright 2006, algorithm 7.1).
///
/// The inner iteration ends where the sum of the residual's magnitudes falls to min(½, √Σ|g|) of the
/// gradient's, or at negative curvature: with the direction so far, or on the first product with the
/// negative gradient scaled by the curvature's size, as in SciPy. Memory of five vectors and of the
/// kept graph; each product costs about two gradients.
public final class NewtonCG: Direction {
  /// Products for one direction at most; nil is 20 for each parameter element.
  public let products: Int?

  /// A method without memory.
  public init(products: Int? = nil) { self.products = products }

  /// Strong Wolfe conditions with steps up to 50 times the direction, as in SciPy.
  public var usualLineSearch: any LineSearch { StrongWolfe(maximumStep: 50) }

  /// The truncated Newton direction.
  public func direction(at point: ObjectivePoint) -> Tensor {
    defer { point.release() }
    let gradient = point.gradient
    let size = gradient.magnitudeSum
    let enough = min(0.5, size.squareRoot()) * size
    let unit = gradient.dtype == .float64 ? Double.ulpOfOne : Double(Float.ulpOfOne)
    var solution = gradient.scaled(by: 0)
    var residual = gradient
    var search = gradient.scaled(by: -1)
    var square = residual.inner(residual)
    for inner in 0..<(products ?? 20 * gradient.count) {
      if residual.magnitudeSum <= enough { break }
      let image = point.hessianProduct(search)
      let curvature = search.inner(image)
      guard curvature.isFinite else { break }
      if curvature < 0, inner == 0 { return gradient.scaled(by: square / curvature) }
      if curvature <= 3 * unit { break }
      let length = square / curvature
      solution = solution.adding(search, times: length)
      residual = residual.adding(image, times: length)
      let next = residual.inner(residual)
      search = residual.scaled(by: -1).adding(search, times: next / square)
      square = next
    }
    return solution
  }

  /// A whole step first; later the step of the former decrease, as SciPy has it.
  public func firstStep(
    from point: ObjectivePoint, along direction: Tensor, former: ObjectivePoint?
  ) -> Double {
    guard let former else { return 1 }
    return stepOfFormerDecrease(from: point, along: direction, former: former)
  }
}

extension Direction where Self == NewtonCG {
  /// Newton's method by Hessian products.
  public static var newtonCG: NewtonCG { NewtonCG() }
}
