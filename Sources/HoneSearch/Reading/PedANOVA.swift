import Foundation
import HoneNumerics

extension ImportanceTable {
  private static let gridSteps = 50
  private static let topShare = 0.1

  /// The Pearson divergence of the best tenth's values from all trials' values, parameter by
  /// parameter; of a conditional one among the trials that have it, weighted by how the share of
  /// those among the best differs.
  func pedANOVA(_ rows: [Int]) -> [Double] {
    let sorted = rows.map { losses[$0] }.sorted()
    let cut = sorted[Int((ImportanceTable.topShare * Double(rows.count)).rounded(.up)) - 1]
    let top = rows.filter { losses[$0] <= cut }
    let share = Double(top.count) / Double(rows.count)
    return names.indices.map { index in
      let present = rows.filter { !columns[index][$0].isNaN }
      let best = top.filter { !columns[index][$0].isNaN }
      guard present.count >= 2, !best.isEmpty else { return 0 }
      let topShare = Double(best.count) / Double(top.count)
      let regionShare = Double(present.count) / Double(rows.count)
      return share * share * topShare * topShare / regionShare
        * divergence(index, best, present)
    }
  }

  private func divergence(_ index: Int, _ best: [Int], _ all: [Int]) -> Double {
    let bestDensity = density(index, best)
    let density = density(index, all)
    return zip(bestDensity, density).reduce(0) { sum, pair in
      let ratio = (pair.0 + 1e-12) / (pair.1 + 1e-12) - 1
      return sum + (pair.1 + 1e-12) * ratio * ratio
    }
  }

  /// A smoothed share for each place of the parameter's grid.
  private func density(_ index: Int, _ rows: [Int]) -> [Double] {
    let axis = axes[index]
    let values = rows.map { columns[index][$0] }
    if case .categorical(let count) = axis.kind {
      return smoothed(choices: values, count)
    }
    let (low, high) = (axis.snapped(axis.lower), axis.snapped(axis.upper))
    var steps = ImportanceTable.gridSteps
    if case .stepped(_, _, let count) = axis.kind {
      let size = axis.scale == .linear ? count : Int(log2(Double(count)).rounded(.up)) + 1
      steps = max(2, min(steps, size))
    }
    var counts = [Double](repeating: 0, count: steps)
    let width = (high - low) / Double(steps - 1)
    for value in values {
      let place = Int(((value - low) / width - 0.5).rounded(.up))
      counts[min(max(place, 0), steps - 1)] += 1
    }
    return smoothed(counts)
  }

  private func smoothed(choices values: [Double], _ count: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: count)
    for value in values { counts[Int(value)] += 1 }
    // One kernel for each choice that occurs, and one for none.
    let kinds = Double(counts.filter { $0 > 0 }.count)
    let base: Double = 1 / (kinds + 1)
    let scale: Double = 1 + Double(count) * base
    let total = Double(values.count) + 1
    let even: Double = 1 / (Double(count) * total)
    return counts.map { own -> Double in
      let others = Double(values.count) - own
      let weight: Double = own * (1 + base) + others * base
      return weight / (scale * total) + even
    }
  }

  /// Normal kernels of Scott's width at the grid's places, and one as wide as the grid.
  private func smoothed(_ counts: [Double]) -> [Double] {
    let total = counts.reduce(0, +)
    let places = counts.indices.filter { counts[$0] > 0 }
    let mean = places.reduce(0) { $0 + Double($1) * counts[$1] } / total
    let square = places.reduce(0) {
      $0 + (Double($1) - mean) * (Double($1) - mean) * counts[$1]
    }
    let deviation = (square / max(1, total - 1)).squareRoot()
    var cumulative: [Double] = []
    for place in places { cumulative.append((cumulative.last ?? 0) + counts[place]) }
    let first = cumulative.partition { $0 < (total / 4).rounded(.down) }
    let third = cumulative.partition { $0 <= (total * 3 / 4).rounded(.down) }
    let spread = Double(
      places[min(places.count - 1, third)] - places[min(places.count - 1, first)])
    let scott = 1.059 * min(spread / 1.34, deviation) * pow(total, -0.2)
    let width = max(scott, 0.5 / 1.64)
    let size = Double(counts.count)
    var kernels = places.map { (center: Double($0), width: width, weight: counts[$0]) }
    kernels.append(((size - 1) / 2, size, 1))
    var result = [Double](repeating: 0, count: counts.count)
    for (center, width, weight) in kernels {
      func mass(_ low: Double, _ high: Double) -> Double {
        NormalDistribution.cumulative((high - center) / width)
          - NormalDistribution.cumulative((low - center) / width)
      }
      let whole = mass(-0.5, size - 0.5)
      for place in result.indices {
        result[place] +=
          weight / (total + 1) * mass(Double(place) - 0.5, Double(place) + 0.5) / whole
      }
    }
    return result
  }
}
