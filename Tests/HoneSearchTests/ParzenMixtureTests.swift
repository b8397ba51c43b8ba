import Foundation
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneSearch

@Suite("Parzen mixture")
struct ParzenMixtureTests {
  /// The distributions of the golden file, by parameter.
  private static func distribution(_ text: String) -> Distribution {
    func number(_ key: String) -> Double {
      let rest = text.components(separatedBy: "\(key)=")[1]
      return Double(rest.prefix { $0.isNumber || "-.e".contains($0) }) ?? .nan
    }
    if text.hasPrefix("Categorical") { return .choice([0, 1, 2]) }
    let scale: Scale = text.contains("log=True") ? .log : .linear
    if text.hasPrefix("Int") {
      return .integer(
        low: Int(number("low")), high: Int(number("high")), scale: scale,
        step: Int(number("step")))
    }
    return .float(low: number("low"), high: number("high"), scale: scale)
  }

  private static func mixture(_ golden: SearchGolden.Optuna.Parzen) throws -> (
    ParzenMixture, [String], SearchSpace
  ) {
    let names = golden.space.keys.sorted()
    let space = try SearchSpace(
      names.map { SearchParameter($0, distribution(golden.space[$0] ?? "")) })
    var table = TrialTable(space: space, objectives: [.minimize("v")])
    let count = golden.obs[names[0]]?.count ?? 0
    for row in 0..<count {
      var trial = TrialRecord(number: row, state: .completed, values: [Double(row)])
      for name in names {
        let value = golden.obs[name]?[row] ?? .nan
        trial.parameters[name] =
          if case .float = space.parameter(name)?.distribution { .number(value) } else {
            .integer(Int(value))
          }
      }
      table.append(trial)
    }
    let mixture = ParzenMixture(
      table, Array(names.indices), positions: Array(0..<count), count: count)
    return (mixture, names, space)
  }

  @Test("kernels, weights and densities equal Optuna's")
  func golden() throws {
    for golden in try SearchGolden.optuna().parzen {
      let (mixture, names, space) = try Self.mixture(golden)
      for (first, second) in zip(mixture.weights, golden.mixtureWeights) {
        #expect(agrees(first, second))
      }
      for (index, name) in names.enumerated() {
        let kernels = golden.kernels[name]
        switch mixture.dimensions[index] {
        case .continuous(let column):
          for k in mixture.weights.indices {
            #expect(agrees(mixture.normals.center(column, k), kernels?.mu?[k] ?? .nan))
            #expect(agrees(mixture.normals.width(column, k), kernels?.sigma?[k] ?? .nan))
          }
        case .stepped(let centers, let widths, _):
          for k in centers.indices {
            #expect(agrees(centers[k], kernels?.mu?[k] ?? .nan))
            #expect(agrees(widths[k], kernels?.sigma?[k] ?? .nan))
          }
        case .categorical(let choices, let hit, let miss, _):
          for k in choices.indices {
            for choice in 0..<3 {
              let own = exp(choice == choices[k] ? hit : miss)
              #expect(agrees(own, kernels?.probs?[k][choice] ?? .nan))
            }
          }
        }
      }
      let axes = space.parameters.map { Axis($0.distribution) }
      let points = golden.logPDF.indices.map { row in
        names.indices.map { index in
          let value = golden.x[names[index]]?[row] ?? .nan
          return axes[index].isCategorical ? value : axes[index].scale.transformed(value)
        }
      }
      for (density, expected) in zip(mixture.logDensities(points), golden.logPDF) {
        #expect(agrees(density, expected, within: 1e-9))
      }
    }
  }

  @Test("the number of good trials and the weights of old ones equal Optuna's")
  func sizes() throws {
    let golden = try SearchGolden.optuna()
    for (count, good) in golden.gamma { #expect(TPESampler.goodCount(Int(count) ?? -1) == good) }
    for weights in [golden.weights27, golden.weights30] {
      for (own, expected) in zip(ParzenMixture.recencyWeights(weights.count), weights) {
        #expect(agrees(own, expected))
      }
    }
  }

  @Test("samples follow the density")
  func samples() throws {
    let golden = try #require(try SearchGolden.optuna().parzen.first)
    let (mixture, _, _) = try Self.mixture(golden)
    var stream = RandomStream(seed: 1, "samples")
    let draws = (0..<4000).map { _ in mixture.sample(&stream)[0] }.sorted()
    // The distribution function by the trapezoid rule, against the share of draws below.
    let grid = (0...2000).map { -5 + Double($0) * 0.005 }
    let densities = mixture.logDensities(grid.map { [$0] }).map { exp($0) }
    var mass = 0.0
    var largest = 0.0
    for index in 1..<grid.count {
      mass += 0.0025 * (densities[index] + densities[index - 1])
      let below = draws.partition { $0 <= grid[index] }
      largest = max(largest, abs(Double(below) / 4000 - mass))
    }
    #expect(abs(mass - 1) < 1e-4)
    // The 0.1 % bound of Kolmogorov and Smirnov for 4,000 draws.
    #expect(largest < 1.95 / 4000.0.squareRoot())
  }
}
