import HoneNumerics
import HoneTensor

/// A Levenberg-Marquardt iteration under way.
struct TrustRegionFit {
  private let space: ParameterSpace
  private let residuals: (Int) -> Tensor
  private let terms: Int
  private let limits: LeastSquaresLimits
  private var position: Tensor
  private var residualLength = Double.nan
  private var gradientNorm = Double.nan
  private var functionEvaluations = 0
  private var jacobians = 0
  private var iterations = 0
  private var radius = 0.0
  private var damping = 0.0
  private var scales: [Double] = []
  private var scaledLength = 0.0

  init(
    _ space: ParameterSpace, _ residuals: @escaping (Int) -> Tensor, terms: Int,
    limits: LeastSquaresLimits
  ) {
    self.space = space
    self.residuals = residuals
    self.terms = terms
    self.limits = limits
    position = space.vector
  }

  mutating func run() -> MinimizationResult {
    functionEvaluations = 1
    while true {
      let (values, matrix) = jacobian(of: residuals, terms: terms, in: space)
      jacobians += 1
      residualLength = values.length
      guard residualLength.isFinite, matrix.isFinite else { return result(.notFinite) }
      let cosine = prepare(values, matrix)
      if cosine <= limits.gradientTolerance { return result(.gradient) }
      if iterations >= limits.iterations { return result(.iterations) }
      let model = DampedModel(residuals: values, jacobian: matrix, scales: scales)
      if let ending = step(model) { return result(ending) }
    }
  }

  /// Scales and gradient for a new Jacobian.
  /// - Returns: the largest cosine between the residuals and a column.
  private mutating func prepare(_ values: Tensor, _ matrix: Tensor) -> Double {
    let (lengths, slopes) = withoutGradients {
      (
        ATen.linalg_vector_norm(matrix, dim: [0]).values(as: Double.self),
        ATen.mv(matrix.transposed(), vec: values).values(as: Double.self)
      )
    }
    gradientNorm = slopes.map(abs).max() ?? 0
    if scales.isEmpty {
      scales = lengths.map { $0 == 0 ? 1 : $0 }
      scaledLength = scaled(position)
      radius = scaledLength > 0 ? limits.radius * scaledLength : limits.radius
    }
    scales = zip(scales, lengths).map { max($0, $1) }
    guard residualLength > 0 else { return 0 }
    return zip(slopes, lengths).map { $1 > 0 ? abs($0) / (residualLength * $1) : 0 }.max() ?? 0
  }

  private func scaled(_ vector: Tensor) -> Double {
    length(zip(vector.values(as: Double.self), scales).map { $0 * $1 })
  }

  /// Tries steps until one is accepted; gives a reason to end.
  private mutating func step(_ model: DampedModel) -> MinimizationResult.Termination? {
    while true {
      let solution = model.step(within: radius, damping: damping)
      damping = solution.damping
      if jacobians == 1 { radius = min(radius, solution.scaledLength) }
      let target = position.adding(
        Tensor(solution.step, shape: [solution.step.count]).cast(to: space.dtype).to(space.device),
        times: 1)
      let trialLength = evaluate(target)
      functionEvaluations += 1
      let ratioSquare = trialLength / residualLength
      let actual = 0.1 * trialLength < residualLength ? 1 - ratioSquare * ratioSquare : -1
      let image = solution.imageLength / residualLength
      let pull = damping.squareRoot() * solution.scaledLength / residualLength
      let predicted = image * image + 2 * pull * pull
      let ratio = predicted == 0 ? 0 : actual / predicted
      adapt(
        ratio: ratio, actual: actual, slope: -(image * image + pull * pull),
        isFarWorse: !(0.1 * trialLength < residualLength), stepLength: solution.scaledLength)
      let accepts = ratio >= 1e-4
      if accepts {
        position = target
        scaledLength = scaled(position)
        residualLength = trialLength
        iterations += 1
      }
      if let ending = ending(actual: actual, predicted: predicted, ratio: ratio) { return ending }
      if accepts { return nil }
    }
  }

  /// The length of the residuals; infinite where they are not finite.
  private func evaluate(_ target: Tensor) -> Double {
    space.assign(target)
    let length = withoutGradients {
      HoneOptim.length(
        (0..<terms).map { residuals($0).cast(to: .float64).norm().item() })
    }
    return length.isFinite ? length : .infinity
  }

  private mutating func adapt(
    ratio: Double, actual: Double, slope: Double, isFarWorse: Bool, stepLength: Double
  ) {
    if ratio <= 0.25 {
      var factor = actual >= 0 ? 0.5 : 0.5 * slope / (slope + 0.5 * actual)
      if isFarWorse || factor < 0.1 { factor = 0.1 }
      radius = factor * min(radius, stepLength / 0.1)
      damping /= factor
    } else if damping == 0 || ratio >= 0.75 {
      radius = stepLength / 0.5
      damping *= 0.5
    }
  }

  private func ending(
    actual: Double, predicted: Double, ratio: Double
  ) -> MinimizationResult.Termination? {
    if abs(actual) <= limits.valueTolerance, predicted <= limits.valueTolerance, ratio <= 2 {
      return .value
    }
    if radius <= limits.stepTolerance * scaledLength { return .step }
    if functionEvaluations >= limits.evaluations ?? 100 * space.dimension { return .evaluations }
    let unit = Double.ulpOfOne
    if (abs(actual) <= unit && predicted <= unit && ratio <= 2) || radius <= unit * scaledLength {
      return .noDescent
    }
    return nil
  }

  private func result(_ termination: MinimizationResult.Termination) -> MinimizationResult {
    space.assign(position)
    return MinimizationResult(
      value: 0.5 * residualLength * residualLength, gradientNorm: gradientNorm,
      iterations: iterations, functionEvaluations: functionEvaluations,
      gradientEvaluations: jacobians, hessianProducts: 0, termination: termination)
  }
}

/// The Euclidean length, without overflow of squares.
func length(_ values: [Double]) -> Double {
  let largest = values.map(abs).max() ?? 0
  guard largest > 0, largest.isFinite else { return largest }
  return largest * values.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
}
