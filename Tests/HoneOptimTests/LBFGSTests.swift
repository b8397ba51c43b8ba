import HoneNumerics
import HoneOptim
import HoneTensor
import Testing

struct LBFGSTests {
  private func optimizer(
    _ name: String, _ parameters: [Parameter], _ golden: ClosureGolden
  ) throws -> LBFGS {
    let reference = try #require(golden.trajectories[name])
    return LBFGS(
      parameters, learningRate: reference.rate, iterations: reference.iterations,
      history: reference.history, stepRule: name.hasPrefix("fixed") ? .fixed : .strongWolfe)
  }

  @Test(
    "follows PyTorch's LBFGS in double precision",
    arguments: [
      "fixed", "fixedShortHistory", "strongWolfe", "strongWolfeSmallRate", "strongWolfeLargeRate",
    ])
  func trajectory(name: String) throws {
    let golden = try ClosureGolden.load()
    let reference = try #require(golden.trajectories[name])
    let parameters = golden.parameters()
    let optimizer = try optimizer(name, parameters, golden)
    let objective = StepObjective(golden.loss(parameters))
    for (step, value) in reference.values.enumerated() {
      let found = optimizer.step(evaluating: objective)
      #expect(abs(found - value) <= 1e-5 * value, "\(name), step \(step)")
      let places = [0: 0, 1: 1, reference.values.count - 1: 2]
      guard let place = places[step] else { continue }
      expectClose(
        values(of: parameters), reference.weights[place], tolerance: 1e-5, "\(name), step \(step)")
    }
  }

  @Test("continues bit for bit from its state", arguments: ["fixed", "strongWolfe"])
  func continuation(name: String) throws {
    let golden = try ClosureGolden.load()
    let whole = golden.parameters()
    let first = try optimizer(name, whole, golden)
    for _ in 0..<3 { first.step(evaluating: StepObjective(golden.loss(whole))) }
    let resumed = golden.parameters()
    for (parameter, value) in zip(resumed, whole) { parameter.assign(value.value.detached()) }
    let second = try optimizer(name, resumed, golden)
    second.learningRate = 9
    try second.load(first.state)
    #expect(second.state == first.state)
    for _ in 0..<3 {
      first.step(evaluating: StepObjective(golden.loss(whole)))
      second.step(evaluating: StepObjective(golden.loss(resumed)))
    }
    #expect(values(of: whole) == values(of: resumed))
  }

  @Test("refuses the state of other parameters and of other kinds")
  func refusal() throws {
    let golden = try ClosureGolden.load()
    let parameters = golden.parameters()
    let optimizer = LBFGS(parameters)
    optimizer.step(evaluating: StepObjective(golden.loss(parameters)))
    let other = LBFGS([Parameter(Tensor.ones([2], dtype: .float64))])
    #expect(throws: OptimizerStateError.self) { try other.load(optimizer.state) }
    #expect(throws: OptimizerStateError.kind(found: "SGD", expected: "LBFGS")) {
      try optimizer.load(SGD(parameters).state)
    }
  }

  @Test("a fixed step to a value that is not finite is taken back")
  func notFinite() {
    let parameter = Parameter(Tensor([0.5] as [Double], shape: [1]))
    let optimizer = LBFGS([parameter], learningRate: 5, iterations: 3)
    optimizer.step(evaluating: StepObjective { parameter.value.logarithm().sum() })
    #expect(parameter.value.values(as: Double.self) == [0.5])
  }
}
