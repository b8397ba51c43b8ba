import Foundation
import HoneOptim
import HoneTensor
import Testing

/// Our methods beside SciPy's, from the standard starting points.
struct SecondOrderComparisonTests {
  /// A run beside SciPy's.
  struct Case: Codable, Sendable {
    let problem, method: String
    /// Where our method ends by SciPy's own rules, and by what.
    let value: Double
    let functions: Int
    let termination: String
    /// What our method reaches in SciPy's number of evaluations plus a fifth.
    let valueInBudget: Double
    let best: Double
    let scipyValue: Double?
    let scipyFunctions: Int?
    let scipyConverged: Bool

    /// What must be reached: SciPy's value, or the best known where SciPy's is not finite.
    var target: Double { scipyValue ?? best }

    /// SciPy's value within a millionth, or within 1e-8 where that is more.
    var isReached: Bool { valueInBudget <= target + max(1e-6 * abs(target), 1e-8) }
  }

  static let methods = [
    "bfgs", "lbfgs", "conjugateGradient", "newtonCG", "newton", "trustRegionNewton",
    "levenbergMarquardt",
  ]

  /// SciPy's method of the same kind.
  ///
  /// The golden file calls its exact trust region `newton`. SciPy's only Newton method with a line search
  /// is Newton-CG: ours with the full Hessian stands beside that. How it stands beside the trust region,
  /// a method of another kind, is in the table alone.
  static func counterpart(_ method: String) -> String {
    switch method {
    case "trustRegionNewton", besideTrustRegion: "newton"
    case "newton": "newtonCG"
    default: method
    }
  }

  /// Newton's method with a line search, compared with SciPy's trust region.
  static let besideTrustRegion = "newtonBesideTrustRegion"

  /// SciPy's ends (L-BFGS-B also by the relative decrease, Newton-CG only by the step), or no end but
  /// a number of evaluations.
  static func run(
    _ method: String, _ parameters: [Parameter], _ objective: StepObjective, budget: Int? = nil
  ) -> MinimizationResult {
    var limits = MinimizationLimits(iterations: 20_000)
    var direction: any Direction = BFGS()
    switch method {
    case "bfgs": break
    case "lbfgs":
      direction = LimitedMemoryBFGS()
      limits.valueTolerance = 1e7 * Double.ulpOfOne
    case "conjugateGradient": direction = ConjugateGradient()
    case "newtonCG":
      direction = NewtonCG()
      limits.gradientTolerance = 0
      limits.stepTolerance = 1e-5
    case "newton", "trustRegionNewton", besideTrustRegion: direction = Newton()
    default:
      return minimizeSquares(
        parameters, objective, limits: LeastSquaresLimits(evaluations: budget))
    }
    if let budget {
      limits = MinimizationLimits(gradientTolerance: 0, iterations: 20_000, evaluations: budget)
    }
    if method == "trustRegionNewton" {
      return minimizeWithinTrust(parameters, objective, limits: limits)
    }
    return minimize(parameters, objective, direction: direction, limits: limits)
  }

  /// - Parameter isFree: whether to run to the method's own end as well.
  static func solve(
    _ name: String, _ method: String, _ golden: SecondOrderGolden, isFree: Bool = false
  ) throws -> Case? {
    if let regression = golden.logistic[name] {
      guard let reference = regression.methods[counterpart(method)] else { return nil }
      // A full Hessian of 650 weights takes long and proves nothing more.
      if method == "newton", regression.methods["newton"] == nil { return nil }
      return try solve(name, method, reference, best: regression.best, isFree: isFree) {
        let problem = try LogisticProblem(name)
        return (problem.parameter, StepObjective(problem.loss))
      }
    }
    let problem = try #require(golden.problems[name])
    guard let reference = problem.methods[counterpart(method)] else { return nil }
    let residuals = try #require(Problems.named[name])
    return try solve(name, method, reference, best: problem.best, isFree: isFree) {
      let parameter = Parameter(Tensor(problem.start, shape: [problem.start.count]))
      let objective = StepObjective(
        terms: 1,
        residuals: { _ in Scalar(2.0.squareRoot()) * residuals(parameter.value, golden.data) }
      ) { _ in residuals(parameter.value, golden.data).squared().sum() }
      return (parameter, objective)
    }
  }

  private static func solve(
    _ name: String, _ method: String, _ reference: SecondOrderGolden.Solution, best: Double,
    isFree: Bool, _ make: () throws -> (Parameter, StepObjective)
  ) throws -> Case {
    func solution(budget: Int?) throws -> MinimizationResult {
      let (parameter, objective) = try make()
      return run(method, [parameter], objective, budget: budget)
    }
    let bound = try solution(budget: reference.functions.map { $0 + $0 / 5 })
    let free = isFree ? try solution(budget: nil) : bound
    return Case(
      problem: name, method: method, value: free.value, functions: free.functionEvaluations,
      termination: free.termination.rawValue, valueInBudget: bound.value, best: best,
      scipyValue: reference.value, scipyFunctions: reference.functions,
      scipyConverged: reference.converged)
  }

  @Test("the problems are SciPy's", arguments: Problems.named.keys.sorted())
  func problems(name: String) throws {
    let golden = try SecondOrderGolden.load()
    let problem = try #require(golden.problems[name])
    let residuals = try #require(Problems.named[name])
    let parameter = Parameter(Tensor(problem.start, shape: [problem.start.count]))
    let objective = StepObjective { residuals(parameter.value, golden.data).squared().sum() }
    let value = objective.evaluate([parameter])
    #expect(abs(value - problem.startValue) <= 1e-12 * abs(problem.startValue))
    let largest = problem.startGradient.map(abs).max() ?? 0
    expectClose(
      gradients(of: [parameter]).map { $0.map { $0 / largest } },
      [problem.startGradient.map { $0 / largest }], tolerance: 1e-11, "\(name)")
  }

  @Test(
    "reaches SciPy's value in its evaluations plus a fifth", arguments: Problems.named.keys.sorted()
  )
  func comparison(name: String) throws { try compare(name) }

  @Test(
    "reaches SciPy's value on logistic regression of real data",
    .enabled(if: LogisticProblem.folder != nil, "HONE_DATA has no tabular/sklearn-bundled"),
    arguments: ["breastCancer", "wine", "digits"])
  func regression(name: String) throws {
    let golden = try SecondOrderGolden.load()
    let reference = try #require(golden.logistic[name])
    let start = try LogisticProblem(name).loss().item()
    #expect(abs(start - reference.startValue) <= 1e-12)
    try compare(name)
  }

  private func compare(_ name: String) throws {
    let golden = try SecondOrderGolden.load()
    for method in Self.methods {
      guard let found = try Self.solve(name, method, golden) else { continue }
      #expect(found.value.isFinite && found.valueInBudget.isFinite, "\(method)")
      let isKnownMiss = Self.knownMisses[method]?.contains(name) == true
      #expect(
        found.isReached != isKnownMiss,
        "\(method): \(found.valueInBudget) instead of \(found.target)")
    }
  }

  /// Where SciPy is ahead, so that a change for the better shows as well.
  static let knownMisses: [String: Set<String>] = [
    "conjugateGradient": ["bard", "meyer"],
    "newton": ["brownBadlyScaled", "penalty2"],
    "trustRegionNewton": ["biggs", "brownAlmostLinear"],
  ]

  @Test("a table of all runs, where one is asked for")
  func table() throws {
    guard let path = ProcessInfo.processInfo.environment["HONE_SECOND_ORDER_TABLE"] else { return }
    let golden = try SecondOrderGolden.load()
    var cases: [Case] = []
    let regressions = LogisticProblem.folder == nil ? [] : golden.logistic.keys.sorted()
    for name in golden.problems.keys.sorted() + regressions {
      for method in Self.methods + [Self.besideTrustRegion] {
        if let found = try Self.solve(name, method, golden, isFree: true) { cases.append(found) }
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
    try encoder.encode(cases).write(to: URL(filePath: path))
  }
}
