public import HoneNumerics
public import HoneTensor

extension Initializer {
  /// A tensor of first values, `float32`.
  ///
  /// The numbers are drawn on the CPU and copied, so that a seed means the same on every device; the
  /// stream moves on by one draw whatever the initializer and the shape.
  /// - Parameters:
  ///   - shape: the extents, `[outputs, inputs, kernel…]` for a weight.
  ///   - device: where the values go; on `.meta` nothing is drawn.
  ///   - stream: where the seed comes from.
  /// - Precondition: initializers that scale with a fan, and `orthogonal`, need two dimensions.
  public func tensor(
    _ shape: [Int], device: Device = .cpu, using stream: inout RandomStream
  ) -> Tensor {
    let seed = stream.nextSeed()
    if device.kind == .meta { return Tensor.zeros(shape, device: .meta) }
    return withoutGradients {
      drawn(shape, using: RandomSource(seed: seed)).to(device)
    }
  }

  private func drawn(_ shape: [Int], using source: RandomSource) -> Tensor {
    switch kind {
    case .constant(let value):
      return Tensor.full(shape, Scalar(value))
    case .normal(let mean, let deviation):
      return drawNormal(shape, mean: mean, deviation: deviation, using: source)
    case .uniform(let range):
      return drawUniform(shape, range, using: source)
    case .truncatedNormal(let mean, let deviation):
      return drawTruncatedNormal(shape, mean: mean, deviation: deviation, using: source)
    case .scaledNormal(let gain, let mode):
      let fan = Fan(of: shape, for: name)[mode]
      return drawNormal(shape, mean: 0, deviation: gain.value / fan.squareRoot(), using: source)
    case .scaledUniform(let gain, let mode):
      let fan = Fan(of: shape, for: name)[mode]
      return drawUniform(shape, deviation: gain.value / fan.squareRoot(), using: source)
    case .xavierNormal(let gain):
      return drawNormal(shape, mean: 0, deviation: xavier(shape, gain), using: source)
    case .xavierUniform(let gain):
      return drawUniform(shape, deviation: xavier(shape, gain), using: source)
    case .scaledTruncatedNormal(let gain, let mode):
      let deviation = gain.value / Fan(of: shape, for: name)[mode].squareRoot()
      return drawTruncatedNormal(
        shape, mean: 0, deviation: deviation / cutDeviation, using: source)
    case .orthogonal(let gain):
      return drawOrthogonal(shape, gain: gain.value, using: source)
    case .identity(let gain): return identityMatrix(shape, gain: gain)
    case .dirac(let groups): return diracKernel(shape, groups: groups)
    case .sparse(let sparsity, let deviation):
      return drawSparse(shape, sparsity: sparsity, deviation: deviation, using: source)
    }
  }

  private func xavier(_ shape: [Int], _ gain: Gain) -> Double {
    let fan = Fan(of: shape, for: name)
    return gain.value * (2 / Double(fan.inputs + fan.outputs)).squareRoot()
  }
}

/// The standard deviation of the standard normal distribution cut off at two.
private let cutDeviation = 0.879_625_661_034_239_78

private func drawNormal(
  _ shape: [Int], mean: Double, deviation: Double, using source: RandomSource
) -> Tensor {
  let tensor = Tensor.empty(shape)
  ATen.normal_(tensor, mean: mean, std: deviation, generator: source)
  return tensor
}

private func drawUniform(
  _ shape: [Int], _ range: ClosedRange<Double>, using source: RandomSource
) -> Tensor {
  let tensor = Tensor.empty(shape)
  ATen.uniform_(tensor, from: range.lowerBound, to: range.upperBound, generator: source)
  return tensor
}

/// The uniform distribution of a standard deviation, around zero.
private func drawUniform(_ shape: [Int], deviation: Double, using source: RandomSource) -> Tensor {
  let bound = 3.squareRoot() * deviation
  return drawUniform(shape, -bound...bound, using: source)
}

/// Inverts the distribution function between its values at -2 and 2, in double precision because
/// the inverse is steep at the ends.
private func drawTruncatedNormal(
  _ shape: [Int], mean: Double, deviation: Double, using source: RandomSource
) -> Tensor {
  let massWithin = 0.954_499_736_103_641_6  // erf(√2), the mass within two standard deviations
  let tensor = Tensor.empty(shape, dtype: .float64)
  ATen.uniform_(tensor, from: -massWithin, to: massWithin, generator: source)
  let standard = ATen.erfinv(tensor) * Scalar(2.squareRoot())
  return (standard * Scalar(deviation) + Scalar(mean)).cast(to: .float32)
}

/// The orthogonal factor of a normal matrix, with signs that make it uniform over such matrices.
private func drawOrthogonal(_ shape: [Int], gain: Double, using source: RandomSource) -> Tensor {
  _ = Fan(of: shape, for: "orthogonal")
  let rows = shape[0]
  let columns = shape.dropFirst().reduce(1, *)
  let isWide = rows < columns
  let matrix = Tensor.normal(
    isWide ? [columns, rows] : [rows, columns], using: source, dtype: .float64)
  let (orthonormal, triangular) = ATen.linalg_qr(matrix)
  let signed = orthonormal * ATen.diagonal(triangular).sign()
  let oriented = isWide ? signed.transposed() : signed
  return (oriented * Scalar(gain)).cast(to: .float32).reshaped(shape).contiguous()
}
