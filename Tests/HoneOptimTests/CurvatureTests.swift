import HoneNumerics
import HoneOptim
import HoneTensor
import Testing

struct CurvatureTests {
  private func stream() -> RandomStream { RandomStream(seed: 5, "curvature") }

  @Test("products, eigenvalues, trace and a layer's eigenvalue equal the full Hessian's")
  func network() throws {
    let golden = try ClosureGolden.load()
    let parameters = golden.parameters()
    try expectCurvature(
      parameters, golden.loss(parameters), golden.network, layer: [0, 1])
  }

  @Test("convolution and batch normalization are differentiated twice")
  func convolution() throws {
    let golden = try ClosureGolden.load()
    let parameters = golden.convolutionParameters
    try expectCurvature(
      parameters, golden.convolutionLoss(parameters), golden.convolution, layer: [0, 1])
  }

  private func expectCurvature(
    _ parameters: [Parameter], _ loss: @escaping () -> Tensor, _ golden: ClosureGolden.Spectrum,
    layer: [Int]
  ) throws {
    var stream = stream()
    let curvature = Curvature(of: parameters, loss: loss)
    let matrix = curvature.matrix()
    let product = ATen.mv(matrix, vec: Tensor(golden.vector)).values(as: Double.self)
    expectClose([product], [golden.product], tolerance: 1e-9)
    #expect(curvature.isExact)
    let largest = curvature.eigenvalues(largest: 3, using: &stream)
    let scale = try #require(golden.eigenvalues.map(abs).max())
    for (found, expected) in zip(largest, golden.eigenvalues.suffix(3).reversed()) {
      #expect(abs(found.value - expected) <= 1e-5 * scale)
      #expect(found.error <= 2e-6 * scale)
    }
    let smallest = curvature.eigenvalues(smallest: 1, using: &stream)
    #expect(abs(smallest[0].value - golden.eigenvalues[0]) <= 1e-5 * scale)
    let trace = curvature.trace(samples: 200, using: &stream)
    #expect(abs(trace.value - golden.trace) <= 4 * trace.standardError)
    #expect(trace.standardError > 0 && trace.standardError < scale)
    let block = Curvature(of: layer.map { parameters[$0] }, loss: loss)
    let ofLayer = block.eigenvalues(largest: 1, using: &stream)[0].value
    #expect(abs(ofLayer - golden.firstLayer) <= 1e-5 * scale)
  }

  @Test("copies of an eigenvalue are all found")
  func copies() {
    var stream = stream()
    let parameter = Parameter(Tensor.zeros([6], dtype: .float64))
    let weights = Tensor([4.0, 4, 4, 1, 1, -2] as [Double])
    let curvature = Curvature(of: [parameter]) {
      (weights * parameter.value.squared()).sum() * 0.5
    }
    let values = curvature.eigenvalues(largest: 4, using: &stream).map(\.value)
    expectClose([values], [[4, 4, 4, 1]], tolerance: 1e-9)
    #expect(abs(curvature.eigenvalues(smallest: 1, using: &stream)[0].value + 2) < 1e-9)
  }

  @Test("the density of eigenvalues integrates to one and peaks at them")
  func spectrum() throws {
    var stream = stream()
    let parameter = Parameter(Tensor.zeros([40], dtype: .float64))
    let weights = Tensor((0..<40).map { $0 < 30 ? 1.0 : 5.0 })
    let curvature = Curvature(of: [parameter]) {
      (weights * parameter.value.squared()).sum() * 0.5
    }
    let spectrum = curvature.spectrum(probes: 20, products: 10, using: &stream)
    let width = spectrum.values[1] - spectrum.values[0]
    #expect(abs(spectrum.densities.reduce(0, +) * width - 1) < 0.01)
    let low = zip(spectrum.values, spectrum.densities).filter { $0.0 < 3 }.map(\.1).reduce(0, +)
    #expect(abs(low * width - 0.75) < 0.1)
  }

  @Test("nothing is left behind: values, gradients, random state")
  func traces() throws {
    var stream = stream()
    let parameter = Parameter(Tensor([1.0, 2, 3] as [Double]))
    parameter.setGradient(Tensor([7.0, 8, 9] as [Double]))
    Torch.seed(3)
    let before = Torch.randomState()
    let curvature = Curvature(of: [parameter]) {
      ATen.dropout(parameter.value.power(4), p: 0.5, train: true).sum()
    }
    let first = curvature.matrix()
    let second = Curvature(of: [parameter]) { parameter.value.squared().sum() }
      .trace(using: &stream)
    #expect(second.value == 6)
    #expect(curvature.matrix().isIdentical(to: first))
    #expect(Torch.randomState().isIdentical(to: before))
    #expect(values(of: [parameter]) == [[1, 2, 3]])
    #expect(gradients(of: [parameter]) == [[7, 8, 9]])
  }

  @Test("the fast linear product has the same curvature", .enabled(if: Tensor.hasFastLinear))
  func fastLinear() throws {
    let golden = try ClosureGolden.load()
    let parameters = golden.parameters(dtype: .float32)
    let plain = Curvature(of: parameters, loss: golden.loss(parameters))
    let fast = Curvature(of: parameters, loss: golden.loss(parameters, fastLinear: true))
    #expect(fast.matrix().isClose(to: plain.matrix(), relative: 1e-4, absolute: 1e-5))
    #expect(fast.isExact)
  }

  @Test("an operator without a second derivative falls back to differences of gradients")
  func differences() {
    // The gradient of an embedding bag knows no gradient of its own.
    let parameter = Parameter(Tensor((0..<12).map { Double($0) / 7 - 0.5 }, shape: [4, 3]))
    let indices = Tensor([0, 1, 1, 3], shape: [2, 2])
    func loss(_ isFused: Bool) -> Tensor {
      let rows =
        isFused
        ? ATen.embedding_bag(
          parameter.value, indices: indices.reshaped([-1]), offsets: Tensor([0, 2])
        ).0
        : parameter.value.gathered(indices.reshaped([-1])).reshaped([2, 2, 3]).sum(along: [1])
      return rows.power(3).sum()
    }
    let plain = Curvature(of: [parameter]) { loss(false) }
    let fused = Curvature(of: [parameter]) { loss(true) }
    #expect(fused.matrix().isClose(to: plain.matrix(), relative: 1e-6, absolute: 1e-6))
    #expect(plain.isExact && !fused.isExact)
  }
}
