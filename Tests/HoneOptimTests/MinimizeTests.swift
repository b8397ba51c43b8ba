import HoneTensor
import HoneText
import Testing

@testable import HoneOptim

struct MinimizeTests {
  static let directions: [String: @Sendable () -> any Direction] = [
    "steepest descent": { SteepestDescent() }, "Polak-Ribière": { ConjugateGradient() },
    "Fletcher-Reeves": { ConjugateGradient(.fletcherReeves) },
    "Hager-Zhang": { ConjugateGradient(.hagerZhang) }, "BFGS": { BFGS() },
    "L-BFGS": { LimitedMemoryBFGS(history: 3) }, "Newton": { Newton() },
    "Newton-CG": { NewtonCG() },
  ]
  static let searches: [String: any LineSearch] = [
    "Armijo": ArmijoBacktracking(), "strong Wolfe": StrongWolfe(),
    "bracketing": BracketingWolfe(),
  ]

  /// A convex bowl with a wall: the logarithm is not finite below zero.
  private static func bowl(_ parameter: Parameter) -> Tensor {
    let x = parameter.value
    return (x - x.logarithm()).sum() + (x[0] - 2 * x[1]).squared()
  }

  @Test(
    "every direction with every line search finds the minimum of a bowl with a wall",
    arguments: directions.keys.sorted(), searches.keys.sorted())
  func combinations(direction: String, search: String) throws {
    let make = try #require(Self.directions[direction])
    let way = make()
    let parameter = Parameter(Tensor([0.2, 3.0, 0.9] as [Double]))
    let result = minimize(
      [parameter], direction: way,
      lineSearch: Self.searches[search], limits: MinimizationLimits(iterations: 3000)
    ) { Self.bowl(parameter) }
    #expect(result.termination == .gradient, "\(result)")
    #expect(result.gradientNorm <= 1e-5)
    // The derivative 1 - 1/x + 2 (x - 2y) vanishes where 1/x = 1 + 2 (x - 2y), 1/y = 1 - 4 (x - 2y).
    let found = parameter.value.values(as: Double.self)
    let tilt = found[0] - 2 * found[1]
    #expect(abs(1 / found[0] - 1 - 2 * tilt) < 1e-4 && abs(1 / found[1] - 1 + 4 * tilt) < 1e-4)
    #expect(abs(found[2] - 1) < 1e-4)
  }

  @Test("a start that is not finite is left as it is, with a sentence")
  func notFinite() {
    let parameter = Parameter(Tensor([-1.0] as [Double], shape: [1]))
    let result = minimize([parameter]) { parameter.value.logarithm().sum() }
    #expect(result.termination == .notFinite && !result.isConverged)
    #expect(parameter.value.values(as: Double.self) == [-1])
    #expect(result.explanation.english.contains("not finite"))
  }

  @Test("an objective that changes between evaluations ends without descent, at the best point")
  func noise() {
    let parameter = Parameter(Tensor([1.0] as [Double], shape: [1]))
    var calls = 0.0
    let result = minimize([parameter]) {
      calls += 1
      return parameter.value.squared().sum() + Scalar(calls)
    }
    #expect(result.termination == .noDescent)
    #expect(result.value == 2)
    #expect(parameter.value.values(as: Double.self) == [1])
  }

  @Test("limits of iterations and evaluations end a minimization and say so")
  func limits() {
    func run(_ limits: MinimizationLimits) -> MinimizationResult {
      let parameter = Parameter(Tensor([5.0, 3] as [Double]))
      return minimize([parameter], direction: .steepestDescent, limits: limits) {
        parameter.value[0].squared() * 100 + parameter.value[1].squared()
      }
    }
    let short = run(MinimizationLimits(iterations: 3))
    #expect(short.termination == .iterations && short.iterations == 3)
    #expect(short.explanation.english.contains("3 iterations"))
    let cheap = run(MinimizationLimits(evaluations: 7))
    #expect(cheap.termination == .evaluations && cheap.functionEvaluations <= 7)
  }

  @Test("terms add up to the same path as their sum")
  func terms() {
    func run(_ objective: (Parameter) -> StepObjective) -> [Double] {
      let parameter = Parameter(Tensor([0.2, 3.0, 0.9] as [Double]))
      minimize([parameter], objective(parameter), direction: .newtonCG)
      return parameter.value.values(as: Double.self)
    }
    let whole = run { parameter in StepObjective { Self.bowl(parameter) } }
    let parts = run { parameter in
      StepObjective(terms: 2) { index in
        index == 0
          ? (parameter.value - parameter.value.logarithm()).sum()
          : (parameter.value[0] - 2 * parameter.value[1]).squared()
      }
    }
    expectClose([whole], [parts], tolerance: 1e-9)
  }

  @Test("Gauss-Newton and Levenberg-Marquardt fit a curve, by rows and by columns of the Jacobian")
  func curve() {
    // More residuals than twice the parameters takes columns, fewer take rows.
    for count in [4, 40] {
      let x = Tensor((0..<count).map { Double($0) / 8 })
      let target = 2 * (x * -0.7).exponential()
      for method in ["gaussNewton", "levenbergMarquardt"] {
        let parameter = Parameter(Tensor([1.0, 0] as [Double]))
        let residuals = { parameter.value[0] * (x * parameter.value[1]).exponential() - target }
        if method == "gaussNewton" {
          let objective = StepObjective(
            terms: 1, residuals: { _ in residuals() },
            term: { _ in residuals().squared().sum() * 0.5 })
          minimize([parameter], objective, direction: .gaussNewton)
        } else {
          minimizeSquares([parameter], residuals: residuals)
        }
        expectClose(values(of: [parameter]), [[2, -0.7]], tolerance: 1e-5, "\(method)")
      }
    }
  }

  @Test("every ending has a sentence in both languages")
  func sentences() {
    for termination in MinimizationResult.Termination.allCases {
      let result = MinimizationResult(
        value: 1, gradientNorm: 2, iterations: 3, functionEvaluations: 4, gradientEvaluations: 5,
        hessianProducts: 6, termination: termination)
      #expect(result.explanation.english.hasSuffix("."))
      #expect(result.explanation.korean.hasSuffix("다."))
    }
  }
}
