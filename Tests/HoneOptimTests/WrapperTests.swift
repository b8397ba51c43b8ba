import HoneOptim
import HoneTensor
import Testing

struct WrapperTests {
  @Test("SAM's closure sees the weights uphill, and the step starts from where they were")
  func samStep() {
    let parameter = Parameter(Tensor([3, 4] as [Float], shape: [2]))
    let optimizer = SAM(SGD([parameter], learningRate: 0.1), radius: 0.5)
    parameter.setGradient(Tensor([3, 4] as [Float], shape: [2]))
    optimizer.step {
      let seen = parameter.value.floats
      #expect(zip(seen, [3.3, 4.4]).allSatisfy { abs($0 - $1) < 1e-5 })
      #expect(parameter.gradient == nil)
      parameter.setGradient(Tensor([1, 0] as [Float], shape: [2]))
    }
    #expect(zip(parameter.value.floats, [2.9, 4]).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test("SAM puts the weights back where the second pass fails")
  func samFailure() {
    struct Failure: Error {}
    let parameter = Parameter(Tensor([3, 4] as [Float], shape: [2]))
    let optimizer = SAM(SGD([parameter]))
    parameter.setGradient(Tensor([3, 4] as [Float], shape: [2]))
    #expect(throws: Failure.self) { try optimizer.step { throw Failure() } }
    #expect(parameter.value.floats == [3, 4])
  }

  @Test("an objective is evaluated twice, and stays where it is when it is not finite uphill")
  func samObjective() {
    let parameter = Parameter(Tensor([3, 4] as [Float], shape: [2]))
    let optimizer = Lookahead(SAM(SGD([parameter], learningRate: 0.1), radius: 5))
    var evaluations = 0
    let objective = StepObjective {
      evaluations += 1
      return parameter.value.squared().sum() / 2
    }
    #expect(optimizer.step(evaluating: objective) == 12.5)
    #expect(evaluations == 2)
    // The gradient uphill is that of [6, 8].
    #expect(zip(parameter.value.floats, [2.4, 3.2]).allSatisfy { abs($0 - $1) < 1e-5 })
    let before = parameter.value.floats
    let broken = StepObjective {
      (Scalar(30) - parameter.value.squared().sum()).logarithm() * Scalar(-1)
    }
    #expect(optimizer.step(evaluating: broken).isNaN)
    #expect(parameter.value.floats == before)
  }

  @Test("SAM does not move without a gradient, and bears one of zeros")
  func samZeros() {
    let parameter = Parameter(Tensor.ones([2]))
    let optimizer = SAM(SGD([parameter]))
    #expect(!optimizer.perturb())
    parameter.setGradient(Tensor.zeros([2]))
    #expect(optimizer.perturb())
    #expect(parameter.value.floats == [1, 1])
  }

  @Test("Lookahead returns to its share of the way after each period")
  func lookahead() {
    let parameter = Parameter(Tensor.zeros([1]))
    let optimizer = Lookahead(SGD([parameter], learningRate: 1), period: 3, share: 0.5)
    let found = (0..<6).map { _ -> Float in
      parameter.setGradient(Tensor([-1] as [Float], shape: [1]))
      optimizer.step()
      return parameter.value.floats[0]
    }
    #expect(found == [1, 2, 1.5, 2.5, 3.5, 3])
  }

  @Test("a wrapper refuses the bare optimiser's state")
  func otherKind() {
    let parameter = Parameter(Tensor.ones([1]))
    let bare = SGD([parameter]).state
    #expect(throws: OptimizerStateError.self) { try SAM(SGD([parameter])).load(bare) }
    #expect(throws: OptimizerStateError.self) { try Lookahead(SGD([parameter])).load(bare) }
  }

  @Test("ASGD gives the mean of the weights since its start")
  func average() throws {
    let parameter = Parameter(Tensor.zeros([1]))
    let optimizer = ASGD(
      [ParameterGroup([parameter])], learningRate: 1, decay: 0, averagingStart: 1)
    #expect(optimizer.averages[0] == nil)
    for _ in 0..<5 {
      parameter.setGradient(Tensor([-1] as [Float], shape: [1]))
      optimizer.step()
    }
    // Weights 1 to 5; PyTorch's mean starts one step after the start and counts from there.
    let mean = try #require(optimizer.averages[0]).floats[0]
    #expect(abs(mean - 4) < 1e-6)
  }

  @Test("Muon takes matrices of one shape at once as it takes them one by one")
  func muonBatches() {
    func train(_ count: Int) -> [[Double]] {
      let parameters = (0..<count).map { _ in Parameter(Tensor.zeros([4, 3])) }
      let optimizer = Muon([ParameterGroup(parameters)], learningRate: 1)
      for parameter in parameters {
        parameter.setGradient(
          Tensor((0..<12).map { Float(($0 * 5 + 3) % 11) - 5 }, shape: [4, 3]))
      }
      optimizer.step()
      return values(of: [parameters[0]])
    }
    // bfloat16 has 8 bits; five iterations of sums of a few terms lose some of them.
    expectClose(train(2), train(1), tolerance: 0.03)
  }

  @Test("Muon's directions are nearly orthogonal for matrices of all shapes, AdamW's for vectors")
  func muon() throws {
    for shape in [[6, 3], [3, 6], [4, 2, 3, 3]] {
      let before = Tensor.zeros(shape)
      let parameter = Parameter(before)
      let optimizer = Muon(
        [ParameterGroup([parameter])], learningRate: 1, momentum: 0, isNesterov: false,
        adjustment: .original)
      parameter.setGradient(
        Tensor(
          (0..<shape.reduce(1, *)).map { Float(($0 * 37 + 11) % 23) - 11 }, shape: shape))
      optimizer.step()
      let matrix = parameter.value.detached().reshaped([shape[0], -1])
      let (rows, columns) = (matrix.shape[0], matrix.shape[1])
      let scale = max(1, Double(rows) / Double(columns)).squareRoot()
      let total = matrix.squared().sum().item() / (scale * scale)
      // Singular values between 0.7 and 1.2, of which there are as many as the smaller side has.
      let rank = Double(min(rows, columns))
      #expect(total > 0.45 * rank && total < 1.5 * rank, "\(shape)")
    }
  }
}
