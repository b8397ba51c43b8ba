import Foundation
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneSearch

@Suite("Models of samplers")
struct SamplerModelTests {
  @Test("the plain Sobol sequence equals SciPy's")
  func sobol() throws {
    let golden = try SearchGolden.models().sobol
    let sequence = SobolSequence(dimension: golden.dimension, scramble: nil)
    for (index, point) in golden.points.enumerated() { #expect(sequence.point(index) == point) }
  }

  @Test("a scrambled sequence keeps one point in each of the smallest boxes", arguments: 0..<4)
  func nets(seed: UInt64) {
    let sequence = SobolSequence(dimension: 2, scramble: seed)
    for split in 0...6 {
      var boxes: Set<[Int]> = []
      for index in 0..<64 {
        let point = sequence.point(index)
        boxes.insert([Int(point[0] * Double(1 << split)), Int(point[1] * Double(64 >> split))])
      }
      #expect(boxes.count == 64)
    }
  }

  @Test("constants of CMA-ES equal those of cmaes")
  func constants() throws {
    for (dimension, golden) in try SearchGolden.optuna().cma {
      let own = CovarianceAdaptation.Constants(dimension: Int(dimension) ?? 0)
      #expect(own.population == golden.popsize && own.parents == golden.mu)
      #expect(agrees(own.parentMass, golden.muEff))
      #expect(agrees(own.pathRate, golden.cc))
      #expect(agrees(own.rankOneRate, golden.c1))
      #expect(agrees(own.rankParentsRate, golden.cmu))
      #expect(agrees(own.sizePathRate, golden.cSigma))
      #expect(agrees(own.sizeDamping, golden.dSigma))
      #expect(agrees(own.normalLength, golden.chiN))
      for (weight, expected) in zip(own.weights, golden.weights) {
        #expect(agrees(weight, expected))
      }
    }
  }

  @Test("one generation of CMA-ES equals that of cmaes")
  func generation() throws {
    let golden = try SearchGolden.optuna().tell
    var state = CovarianceAdaptation(mean: [0.5, 0.5], size: 1.0 / 6)
    state.learn(golden.solutions.map { ($0.point, $0.value) })
    #expect(agrees(state.size, golden.sigma))
    for k in 0..<2 {
      #expect(agrees(state.mean[k], golden.mean[k]))
      #expect(agrees(state.sizePath[k], golden.sizePath[k]))
      #expect(agrees(state.path[k], golden.path[k]))
      for other in 0..<2 {
        #expect(agrees(state.covariance[k, other], golden.covariance[k][other]))
      }
    }
  }

  @Test("the Gaussian process predicts what NumPy does, and its gradients are right")
  func process() throws {
    let golden = try SearchGolden.models().process
    let kernel = MaternKernel(
      inverseSquares: golden.inverseSquares, variance: golden.variance, noise: golden.noise,
      isChoice: [false, false, true])
    let process = try #require(
      GaussianProcess(kernel, points: golden.points, values: golden.values))
    let found = process.predict(batch: golden.queries)
    for (index, query) in golden.queries.enumerated() {
      #expect(agrees(found[index].mean, golden.mean[index]))
      #expect(agrees(found[index].variance, golden.posteriorVariance[index]))
      let (mean, variance, byMean, byVariance) = process.predictWithGradient(query)
      #expect(agrees(mean, golden.mean[index]) && agrees(variance, golden.posteriorVariance[index]))
      for d in 0..<2 {
        var ahead = query
        var behind = query
        ahead[d] += 1e-5
        behind[d] -= 1e-5
        let (high, low) = (process.predict(ahead), process.predict(behind))
        #expect(agrees(byMean[d], (high.mean - low.mean) / 2e-5, within: 1e-6))
        #expect(agrees(byVariance[d], (high.variance - low.variance) / 2e-5, within: 1e-6))
      }
    }
  }

  @Test("the fit's gradient is that of its value")
  func fitGradient() throws {
    let golden = try SearchGolden.models().process
    let fit = KernelFit(
      points: golden.points, values: golden.values, isChoice: [false, false, true])
    let at = [0.3, -0.4, 0.2, 0.5, -3.0]
    let (_, gradient) = fit.negativeLogPosterior(at)
    for k in at.indices {
      var ahead = at
      var behind = at
      ahead[k] += 1e-5
      behind[k] -= 1e-5
      let slope =
        (fit.negativeLogPosterior(ahead).value - fit.negativeLogPosterior(behind).value) / 2e-5
      #expect(agrees(gradient[k], slope, within: 1e-5))
    }
  }

  @Test("the log expected improvement is exact far below the best, and so are its slopes")
  func improvement() throws {
    for row in try SearchGolden.models().improvement {
      let own = ExpectedImprovement.logarithm(mean: row.z, deviation: 1, best: 0)
      #expect(agrees(own.value, row.value, within: 1e-7))
      let ahead = ExpectedImprovement.logarithm(mean: row.z + 1e-4, deviation: 1, best: 0).value
      let behind = ExpectedImprovement.logarithm(mean: row.z - 1e-4, deviation: 1, best: 0).value
      #expect(agrees(own.byMean, (ahead - behind) / 2e-4, within: 1e-3))
    }
  }

  @Test("the minimizer finds the valley of Rosenbrock's function inside and on a bound")
  func minimizer() {
    func valley(_ x: [Double]) -> (value: Double, gradient: [Double]) {
      let a = 1 - x[0]
      let b = x[1] - x[0] * x[0]
      return (a * a + 100 * b * b, [-2 * a - 400 * x[0] * b, 200 * b])
    }
    let free = BoxMinimizer(
      lower: [-2, -2], upper: [2, 2], iterations: 400, gradientTolerance: 1e-8)
    let inside = free.minimize(from: [-1.2, 1], valley)
    #expect(abs(inside.point[0] - 1) < 1e-4 && abs(inside.point[1] - 1) < 1e-4)
    let bound = BoxMinimizer(
      lower: [-2, -2], upper: [0.5, 2], iterations: 400, gradientTolerance: 1e-8)
    let edge = bound.minimize(from: [-1.2, 1], valley)
    #expect(abs(edge.point[0] - 0.5) < 1e-6 && abs(edge.point[1] - 0.25) < 1e-4)
  }

  @Test("the signed-rank test equals SciPy's")
  func signedRanks() throws {
    let golden = try SearchGolden.optuna().wilcoxon
    #expect(agrees(SignedRankTest.upperPValue(golden.diff), golden.p))
  }
}
