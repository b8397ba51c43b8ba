import HoneNumerics
import HoneTensor

// First values with a structure instead of a distribution.

/// Ones on the main diagonal of a matrix, times a gain.
func identityMatrix(_ shape: [Int], gain: Double) -> Tensor {
  guard shape.count == 2 else {
    fatalError(
      "identity received a weight of shape \(shape); it needs [outputs, inputs]. Use dirac for "
        + "convolutions.")
  }
  var values = [Float](repeating: 0, count: shape[0] * shape[1])
  for index in 0..<min(shape[0], shape[1]) { values[index * shape[1] + index] = Float(gain) }
  return Tensor(values, shape: shape)
}

/// A one at the kernel's center from each channel to its counterpart within its group.
func diracKernel(_ shape: [Int], groups: Int) -> Tensor {
  guard (3...5).contains(shape.count), shape[0].isMultiple(of: groups) else {
    fatalError(
      "dirac received a weight of shape \(shape) for \(groups) groups; it needs [outputs, inputs, "
        + "kernel…] with one to three axes and outputs that the groups divide.")
  }
  let kernel = shape.dropFirst(2)
  let window = kernel.reduce(1, *)
  let center = kernel.reduce(0) { $0 * $1 + $1 / 2 }
  let outputs = shape[0] / groups
  var values = [Float](repeating: 0, count: shape.reduce(1, *))
  for group in 0..<groups {
    for channel in 0..<min(outputs, shape[1]) {
      let row = group * outputs + channel
      values[(row * shape[1] + channel) * window + center] = 1
    }
  }
  return Tensor(values, shape: shape)
}

/// Normal numbers of which a share of each column is zero (Martens 2010).
func drawSparse(
  _ shape: [Int], sparsity: Double, deviation: Double, using source: RandomSource
) -> Tensor {
  guard shape.count == 2 else {
    fatalError("sparse received a weight of shape \(shape); it needs [outputs, inputs].")
  }
  let weights = Tensor.normal(shape, using: source) * Scalar(deviation)
  let zeros = Int((sparsity * Double(shape[0])).rounded(.up))
  // Random numbers in order name the rows in random order.
  let rows = ATen.argsort(Tensor.uniform(shape, using: source, dtype: .float64), dim: 0)
  return ATen.scatter_value(weights, dim: 0, index: rows[0..<zeros], value: 0)
}
