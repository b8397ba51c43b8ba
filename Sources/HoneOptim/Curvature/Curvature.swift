public import HoneNumerics
public import HoneTensor

/// What can be known of a loss's Hessian without forming it: products, eigenvalues, trace, spectrum.
///
/// ```swift
/// let curvature = Curvature(of: model.parameters) { loss(model(inputs), targets) }
/// let sharpness = curvature.eigenvalues(largest: 1, using: &stream)[0].value
/// let ofOneLayer = Curvature(of: layer.parameters) { loss(model(inputs), targets) }
/// ```
///
/// With gradient descent of rate η the loss can fall only where the largest eigenvalue is below 2 / η.
/// The block of one layer is the Hessian of that layer's parameters alone.
///
/// Parameters, gradients and libtorch's random state are as before after every call, and each
/// evaluation draws the same random numbers, so that dropout is one fixed mask. Running statistics are
/// the closure's affair: run batch normalization in evaluation mode.
///
/// Each product costs about two gradients and, while an instance lives, the graph of one gradient
/// computation is kept: some three times the memory of a forward pass.
public final class Curvature {
  private let space: ParameterSpace
  private let hessian: HessianOperator
  private let random: FrozenRandomness

  /// The Hessian of a scalar function at the parameters' present values.
  /// - Parameters:
  ///   - parameters: those whose curvature is wanted, of one element type on one device; change none
  ///     of them while the instance lives.
  ///   - loss: a scalar with its graph.
  public convenience init(of parameters: [Parameter], loss: @escaping () -> Tensor) {
    self.init(of: parameters, StepObjective(loss))
  }

  /// The Hessian of an objective of several terms, which are computed one at a time for each product.
  public init(of parameters: [Parameter], _ objective: StepObjective) {
    space = ParameterSpace(parameters)
    let random = FrozenRandomness(on: space.device)
    self.random = random
    hessian = HessianOperator(
      space,
      StepObjective(terms: objective.terms) { index in random.repeating { objective.term(index) } })
  }

  /// Whether products so far came from second derivatives; false where an operator does not know its
  /// second derivative and differences of gradients stand in.
  public var isExact: Bool { hessian.isExact }

  /// The Hessian times a vector in the shapes of the parameters.
  public func product(_ vector: [Tensor]) -> [Tensor] {
    space.split(hessian.product(space.joined(vector)))
  }

  /// The whole Hessian, `[elements, elements]`, in the order of the parameters: for some hundreds of
  /// elements.
  public func matrix() -> Tensor { hessian.matrix() }

  /// An eigenvalue with its vector.
  public struct Eigenpair {
    /// The eigenvalue.
    public let value: Double
    /// A bound of the distance to an eigenvalue of the Hessian: the length of H v - λ v.
    public let error: Double
    /// The eigenvector of unit length, in the shapes of the parameters.
    public let vector: [Tensor]
  }

  /// The largest eigenvalues in descending order, by Lanczos' method with full reorthogonalization
  /// (Golub and Van Loan 2013, section 10.3).
  ///
  /// Memory of one vector for each product.
  /// - Parameters:
  ///   - count: how many.
  ///   - products: Hessian products at most; those that remain inaccurate then say so by their error.
  ///   - tolerance: the error, relative to the largest eigenvalue's size, that is small enough.
  ///   - stream: where the first vector comes from.
  public func eigenvalues(
    largest count: Int = 1, products: Int = 100, tolerance: Double = 1e-6,
    using stream: inout RandomStream
  ) -> [Eigenpair] {
    pairs(count, products, tolerance, descending: true, &stream)
  }

  /// The smallest eigenvalues in ascending order: negative ones tell of a saddle point.
  public func eigenvalues(
    smallest count: Int, products: Int = 100, tolerance: Double = 1e-6,
    using stream: inout RandomStream
  ) -> [Eigenpair] {
    pairs(count, products, tolerance, descending: false, &stream)
  }

  /// An estimate with its standard error.
  public struct Estimate: Sendable, Equatable {
    /// The mean of the samples.
    public let value: Double
    /// The standard error of that mean.
    public let standardError: Double
  }

  /// The trace of the Hessian, the sum of its eigenvalues, by Hutchinson's estimator (1990): the mean
  /// of vᵀ H v over vectors of random signs.
  /// - Precondition: `samples` is at least 2.
  public func trace(samples: Int = 100, using stream: inout RandomStream) -> Estimate {
    guard samples > 1 else {
      fatalError("Curvature.trace received \(samples) samples; a standard error needs 2.")
    }
    let values = (0..<samples).map { _ in
      let signs = withoutGradients { randomVector(&stream).sign() }
      return signs.inner(hessian.product(signs))
    }
    return Estimate(value: values.mean(), standardError: values.standardError())
  }

  /// How eigenvalues are spread.
  public struct Spectrum: Sendable, Equatable {
    /// Eigenvalues in ascending order.
    public let values: [Double]
    /// The density of eigenvalues there; it integrates to 1.
    public let densities: [Double]
  }

  /// The density of eigenvalues, by stochastic Lanczos quadrature (Ghorbani, Krishnan and Xiao 2019,
  /// arXiv 1901.10159): Gauss quadratures from random vectors, blurred by a normal distribution.
  /// - Parameters:
  ///   - probes: random vectors.
  ///   - products: Hessian products for each of them.
  ///   - points: places at which the density is given.
  ///   - width: the blur's standard deviation as a share of the range of eigenvalues.
  ///   - stream: where the random vectors come from.
  public func spectrum(
    probes: Int = 10, products: Int = 50, points: Int = 200, width: Double = 0.01,
    using stream: inout RandomStream
  ) -> Spectrum {
    var nodes: [(value: Double, weight: Double)] = []
    for _ in 0..<probes {
      var basis = LanczosBasis(startingFrom: randomVector(&stream))
      for _ in 0..<min(products, space.dimension) where !basis.isInvariant {
        basis.extend(by: hessian.product)
      }
      let (values, vectors) = basis.eigenpairs
      nodes += zip(values, vectors).map { ($0, $1[0] * $1[0] / Double(probes)) }
    }
    return blurred(nodes, points: points, width: width)
  }

  private func pairs(
    _ count: Int, _ products: Int, _ tolerance: Double, descending: Bool,
    _ stream: inout RandomStream
  ) -> [Eigenpair] {
    let wanted = min(count, space.dimension)
    var basis = LanczosBasis(startingFrom: randomVector(&stream))
    var order: [Int] = []
    for step in 1...max(1, min(products, space.dimension)) {
      // An invariant subspace hides further eigenvalues, also copies of those found.
      if basis.isInvariant { basis.restart(with: randomVector(&stream)) }
      basis.extend(by: hessian.product)
      guard step >= wanted else { continue }
      let (values, _) = basis.eigenpairs
      order = Array(values.indices.suffix(wanted).reversed())
      if !descending { order = Array(values.indices.prefix(wanted)) }
      let size = max(abs(values.first ?? 0), abs(values.last ?? 0))
      let isAccurate = order.allSatisfy { basis.error(of: $0) <= tolerance * size }
      // A subspace that is invariant to the wanted vectors may hide copies of them; go on to see.
      if isAccurate, step >= min(space.dimension, 2 * wanted + 8) { break }
    }
    let (values, _) = basis.eigenpairs
    return order.map { index in
      Eigenpair(
        value: values[index], error: basis.error(of: index),
        vector: space.split(basis.vector(of: index)))
    }
  }

  private func randomVector(_ stream: inout RandomStream) -> Tensor {
    let source = RandomSource(seed: stream.nextSeed(), device: space.device)
    return Tensor.normal([space.dimension], using: source, dtype: space.dtype)
  }
}
