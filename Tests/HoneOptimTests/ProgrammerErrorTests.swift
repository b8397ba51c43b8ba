import HoneOptim
import HoneTensor
import HoneTestSupport
import Testing

/// What ends the process, all in one process of its own.
struct ProgrammerErrorTests {
  @Test("misuse of optimizers, averages, clipping and constraints ends the process")
  func misuse() async {
    await #expect(processExitsWith: .failure) {
      endAsEach(of: [
        { _ = SGD([ParameterGroup](), learningRate: -1) },
        {
          let parameter = Parameter(Tensor.ones([1]))
          _ = SGD([parameter, parameter])
        },
        { LBFGS([Parameter(Tensor.ones([1]))]).step() },
        {
          let average = ParameterAverage(of: [Parameter(Tensor.ones([1]))], rule: .uniform)
          average.exchange()
          average.update()
        },
        { clipGradients(of: [], toNorm: 0) },
        { WeightConstraint.minMaxNorm(minimum: 2, maximum: 1).apply(to: []) },
      ])
    }
  }
}
