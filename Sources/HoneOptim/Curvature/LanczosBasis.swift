import Foundation
import HoneTensor

/// An orthonormal basis in which a symmetric operator is tridiagonal, grown by one product at a time
/// (Lanczos 1950), each vector made orthogonal to all before it twice.
struct LanczosBasis {
  private var vectors: [Tensor]
  private var diagonal: [Double] = []
  /// The lengths of what was left over; each couples a vector to the next.
  private var couplings: [Double] = []
  private var next: Tensor?

  /// - Precondition: the vector is not zero.
  init(startingFrom vector: Tensor) {
    vectors = []
    next = vector.scaled(by: 1 / vector.length)
  }

  /// Whether the operator maps the span of the basis to itself.
  var isInvariant: Bool { next == nil }

  /// Goes on with a new vector after the span became invariant.
  mutating func restart(with vector: Tensor) {
    let rest = orthogonal(vector)
    next = rest.scaled(by: 1 / rest.length)
  }

  /// Adds a vector by a product.
  mutating func extend(by product: (Tensor) -> Tensor) {
    guard let vector = next else { return }
    let image = product(vector)
    vectors.append(vector)
    diagonal.append(vector.inner(image))
    let rest = orthogonal(image)
    let length = rest.length
    let unit = vector.dtype == .float64 ? Double.ulpOfOne : Double(Float.ulpOfOne)
    let isLost = !(length > 10 * unit * max(image.length, diagonal.map(abs).max() ?? 0))
    couplings.append(isLost ? 0 : length)
    next = isLost ? nil : rest.scaled(by: 1 / length)
  }

  /// The operator's eigenvalues within the span in ascending order, and their vectors in the basis.
  var eigenpairs: (values: [Double], vectors: [[Double]]) {
    let count = diagonal.count
    var matrix = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      matrix[row * count + row] = diagonal[row]
      guard row + 1 < count else { continue }
      matrix[row * count + row + 1] = couplings[row]
      matrix[(row + 1) * count + row] = couplings[row]
    }
    return withoutGradients {
      let (values, vectors) = ATen.linalg_eigh(Tensor(matrix, shape: [count, count]))
      let rows = vectors.transposed().contiguous().values(as: Double.self)
      return (
        values.values(as: Double.self),
        (0..<count).map { Array(rows[($0 * count)..<(($0 + 1) * count)]) }
      )
    }
  }

  /// The length of the operator's image of an eigenvector less its multiple.
  func error(of index: Int) -> Double {
    abs((couplings.last ?? 0) * (eigenpairs.vectors[index].last ?? 0))
  }

  /// An eigenvector in full.
  func vector(of index: Int) -> Tensor {
    let shares = eigenpairs.vectors[index]
    return withoutGradients {
      let weights = Tensor(shares, shape: [1, shares.count])
        .cast(to: vectors[0].dtype).to(vectors[0].device)
      return weights.multiplied(by: Tensor.stacked(vectors)).reshaped([-1])
    }
  }

  private func orthogonal(_ vector: Tensor) -> Tensor {
    guard !vectors.isEmpty else { return vector }
    return withoutGradients {
      let basis = Tensor.stacked(vectors)
      var rest = vector
      for _ in 0..<2 {
        rest = rest - ATen.mv(basis.transposed(), vec: ATen.mv(basis, vec: rest))
      }
      return rest
    }
  }
}

/// A weighted set of eigenvalues as a density, each blurred by a normal distribution.
func blurred(
  _ nodes: [(value: Double, weight: Double)], points: Int, width: Double
) -> Curvature.Spectrum {
  let low = nodes.map(\.value).min() ?? 0
  let high = nodes.map(\.value).max() ?? 0
  let range = high > low ? high - low : max(abs(high), 1)
  let deviation = max(width * range, .leastNormalMagnitude)
  let (start, end) = (low - 4 * deviation, high + 4 * deviation)
  let values = (0..<points).map { start + (end - start) * Double($0) / Double(max(1, points - 1)) }
  let densities = values.map { value in
    nodes.reduce(0.0) { sum, node in
      let distance = (value - node.value) / deviation
      return sum + node.weight * exp(-distance * distance / 2)
        / (deviation * (2 * Double.pi).squareRoot())
    }
  }
  return Curvature.Spectrum(values: values, densities: densities)
}
