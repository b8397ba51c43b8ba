import Foundation
import HoneNumerics

/// The state of CMA-ES: a normal distribution that each generation moves and reshapes (Hansen,
/// "The CMA Evolution Strategy: A Tutorial", arXiv 1604.00772).
struct CovarianceAdaptation: Sendable {
  /// The constants that follow from the number of dimensions.
  struct Constants: Sendable {
    let population: Int
    let parents: Int
    let parentMass: Double
    let weights: [Double]
    let pathRate: Double
    let rankOneRate: Double
    let rankParentsRate: Double
    let sizePathRate: Double
    let sizeDamping: Double
    /// The expected length of a standard normal vector.
    let normalLength: Double

    init(dimension: Int) {
      let d = Double(dimension)
      population = 4 + Int((3 * log(d)).rounded(.down))
      parents = population / 2
      let half = log(Double(population + 1) / 2)
      let raw = (1...population).map { half - log(Double($0)) }
      func effective(_ part: ArraySlice<Double>) -> Double {
        let sum = part.reduce(0, +)
        return sum * sum / part.reduce(0) { $0 + $1 * $1 }
      }
      let mass = effective(raw[..<parents])
      let counterMass = effective(raw[parents...])
      let one = 2 / ((d + 1.3) * (d + 1.3) + mass)
      let many = min(
        1 - one - 1e-8, 2 * (mass - 2 + 1 / mass) / ((d + 2) * (d + 2) + mass))
      let counter = min(
        1 + one / many, 1 + 2 * counterMass / (mass + 2), (1 - one - many) / (d * many))
      let positive = raw.filter { $0 > 0 }.reduce(0, +)
      let negative = raw.filter { $0 < 0 }.reduce(0) { $0 + abs($1) }
      weights = raw.map { $0 >= 0 ? $0 / positive : $0 * counter / negative }
      parentMass = mass
      rankOneRate = one
      rankParentsRate = many
      sizePathRate = (mass + 2) / (d + mass + 5)
      sizeDamping = 1 + 2 * max(0, ((mass - 1) / (d + 1)).squareRoot() - 1) + sizePathRate
      pathRate = (4 + mass / d) / (d + 4 + 2 * mass / d)
      normalLength = d.squareRoot() * (1 - 1 / (4 * d) + 1 / (21 * d * d))
    }
  }

  let constants: Constants
  private(set) var mean: [Double]
  private(set) var size: Double
  private(set) var covariance: SquareMatrix
  private(set) var sizePath: [Double]
  private(set) var path: [Double]
  private(set) var generation = 0
  private var axes: [[Double]] = []
  private var lengths: [Double] = []

  init(mean: [Double], size: Double) {
    let d = mean.count
    constants = Constants(dimension: d)
    self.mean = mean
    self.size = size
    covariance = SquareMatrix(size: d)
    for index in 0..<d { covariance[index, index] = 1 }
    sizePath = [Double](repeating: 0, count: d)
    path = sizePath
    decompose()
  }

  /// A point of the distribution.
  func sample(_ stream: inout RandomStream) -> [Double] {
    let normals = mean.map { _ in stream.normal() }
    return mean.indices.map { row in
      var value = 0.0
      for k in normals.indices { value += axes[k][row] * lengths[k] * normals[k] }
      return mean[row] + size * value
    }
  }

  /// Learns from a generation: points and what they cost.
  /// - Precondition: as many as the population.
  mutating func learn(_ solutions: [(point: [Double], value: Double)]) {
    guard solutions.count == constants.population else {
      fatalError(
        "CovarianceAdaptation learns from \(constants.population) points, got \(solutions.count).")
    }
    generation += 1
    let d = mean.count
    let order = solutions.indices.sorted {
      solutions[$0].value != solutions[$1].value
        ? solutions[$0].value < solutions[$1].value : $0 < $1
    }
    let moves = order.map { index in
      (0..<d).map { (solutions[index].point[$0] - mean[$0]) / size }
    }
    var shift = [Double](repeating: 0, count: d)
    for rank in 0..<constants.parents {
      for k in 0..<d { shift[k] += constants.weights[rank] * moves[rank][k] }
    }
    for k in 0..<d { mean[k] += size * shift[k] }
    let rate = constants.sizePathRate
    let whitened = whiten(shift)
    let gain = (rate * (2 - rate) * constants.parentMass).squareRoot()
    for k in 0..<d { sizePath[k] = (1 - rate) * sizePath[k] + gain * whitened[k] }
    let length = norm(sizePath)
    size *= exp(rate / constants.sizeDamping * (length / constants.normalLength - 1))
    // No size is useful beyond this, and infinity would stay.
    size = min(size, 1e32)
    let settled = (1 - pow(1 - rate, 2 * Double(generation))).squareRoot()
    let isShort = length / settled < (1.4 + 2 / (Double(d) + 1)) * constants.normalLength
    reshape(moves, shift, isShort)
    decompose()
  }

  private mutating func reshape(_ moves: [[Double]], _ shift: [Double], _ isShort: Bool) {
    let d = mean.count
    let rate = constants.pathRate
    let gain = isShort ? (rate * (2 - rate) * constants.parentMass).squareRoot() : 0
    for k in 0..<d { path[k] = (1 - rate) * path[k] + gain * shift[k] }
    let factors = moves.indices.map { rank -> Double in
      let weight = constants.weights[rank]
      guard weight < 0 else { return weight }
      let length = norm(whiten(moves[rank]))
      return weight * Double(d) / (length * length + 1e-8)
    }
    let lost = isShort ? 0 : rate * (2 - rate)
    let sum = constants.weights.reduce(0, +)
    let keep =
      1 + constants.rankOneRate * lost - constants.rankOneRate - constants.rankParentsRate * sum
    for row in 0..<d {
      for column in 0...row {
        var value = keep * covariance[row, column]
        value += constants.rankOneRate * path[row] * path[column]
        for rank in moves.indices {
          value +=
            constants.rankParentsRate * factors[rank] * moves[rank][row] * moves[rank][column]
        }
        covariance[row, column] = value
        covariance[column, row] = value
      }
    }
  }

  private mutating func decompose() {
    let (values, vectors) = covariance.eigen()
    axes = vectors
    lengths = values.map { max($0, 1e-16).squareRoot() }
  }

  /// The vector in the coordinates in which the distribution is round.
  private func whiten(_ vector: [Double]) -> [Double] {
    var result = [Double](repeating: 0, count: vector.count)
    for (axis, length) in zip(axes, lengths) {
      var projection = 0.0
      for k in vector.indices { projection += axis[k] * vector[k] }
      for k in vector.indices { result[k] += projection / length * axis[k] }
    }
    return result
  }

  private func norm(_ vector: [Double]) -> Double {
    vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }
}
