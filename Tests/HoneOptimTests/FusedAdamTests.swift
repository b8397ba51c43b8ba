import HoneNumerics
import HoneOptim
import HoneTensor
import Testing

struct FusedAdamTests {
  /// Enough elements for several threads, whose shares begin and end within tensors.
  private static let shapes = [[300, 70], [70], [3, 5, 2, 2], [1], [90_000]]

  enum Way: String, CaseIterable, Sendable {
    case adam, adamW, adamAMSGrad, adamWAMSGrad
    var isDecoupled: Bool { self == .adamW || self == .adamWAMSGrad }
    var isAMSGrad: Bool { self == .adamAMSGrad || self == .adamWAMSGrad }
  }

  /// Values after some steps.
  private func trained(
    _ dtype: DType, isDecoupled: Bool, isAMSGrad: Bool
  ) -> [[Float]] {
    let parameters = Self.shapes.enumerated().map { index, shape in
      Parameter(
        Tensor.normal(shape, using: RandomSource(seed: UInt64(index))).cast(to: dtype))
    }
    let group = ParameterGroup(parameters, weightDecay: 0.1)
    let optimizer: any Optimizer =
      isDecoupled
      ? AdamW([group], learningRate: 0.02, isAMSGrad: isAMSGrad)
      : Adam([group], learningRate: 0.02, isAMSGrad: isAMSGrad)
    for step in 0..<7 {
      for (index, parameter) in parameters.enumerated() {
        let seed = UInt64(100 * step + index)
        parameter.setGradient(
          Tensor.normal(Self.shapes[index], using: RandomSource(seed: seed)).cast(to: dtype)
            * Scalar(step == 3 ? 10 : 0.1))
      }
      optimizer.step()
    }
    return parameters.map { $0.value.cast(to: .float32).floats }
  }

  @Test(
    "the one pass agrees with libtorch's fused kernel", arguments: [DType.float32, .float64],
    Way.allCases)
  func agrees(_ dtype: DType, _ way: Way) {
    let own = trained(dtype, isDecoupled: way.isDecoupled, isAMSGrad: way.isAMSGrad)
    let standard = withStandardKernels {
      trained(dtype, isDecoupled: way.isDecoupled, isAMSGrad: way.isAMSGrad)
    }
    for (a, b) in zip(own.joined(), standard.joined()) {
      #expect(abs(a - b) <= 2e-5 * max(1, abs(b)))
    }
  }

  /// In a process of its own: the number of threads is the process's.
  @Test("the number of threads changes nothing")
  func threads() async {
    await #expect(processExitsWith: .success) {
      let tests = FusedAdamTests()
      Torch.threads = 1
      let alone = tests.trained(.float32, isDecoupled: true, isAMSGrad: true)
      Torch.threads = 3
      #expect(tests.trained(.float32, isDecoupled: true, isAMSGrad: true) == alone)
    }
  }

  @Test("a gradient in another memory order goes to the right elements")
  func memoryOrder() {
    let value = Tensor.normal([4, 6], using: RandomSource(seed: 1))
    func stepped(_ gradient: Tensor) -> [Float] {
      let parameter = Parameter(value.clone())
      parameter.setGradient(gradient)
      Adam([parameter], learningRate: 0.1).step()
      return parameter.value.floats
    }
    let gradient = Tensor.normal([6, 4], using: RandomSource(seed: 2)).transposed(0, 1)
    #expect(stepped(gradient) == stepped(gradient.contiguous()))
  }
}
