import HoneTensor
import Testing

@Suite struct AutogradTests {
  @Test("backward accumulates on leaves")
  func backward() throws {
    let x = Tensor([1, 2, 3] as [Float]).requiringGradient()
    (x * x).sum().backward()
    #expect(try #require(x.gradient).floats == [2, 4, 6])
    (x * x).sum().backward()
    #expect(try #require(x.gradient).floats == [4, 8, 12])
  }

  @Test("gradients can be differentiated again")
  func secondOrder() {
    let x = Tensor([1, 2] as [Double]).requiringGradient()
    let first = gradients(of: x.power(3).sum(), withRespectTo: [x], createGraph: true)[0]
    let second = gradients(of: first.sum(), withRespectTo: [x])[0]
    #expect(first.values(as: Double.self) == [3, 12])
    #expect(second.values(as: Double.self) == [6, 12])
    #expect(x.gradient == nil)
  }

  @Test("an input that does not matter has a gradient of zeros")
  func unused() {
    let x = Tensor([1] as [Float]).requiringGradient()
    let y = Tensor([1, 2] as [Float]).requiringGradient()
    #expect(gradients(of: x.sum(), withRespectTo: [x, y])[1].floats == [0, 0])
  }

  @Test("nothing is recorded without gradients")
  func modes() {
    let x = Tensor([1] as [Float]).requiringGradient()
    #expect(withoutGradients { x * 2 }.requiresGradient == false)
    #expect(withoutGradients { withGradients { x * 2 } }.requiresGradient)
    #expect((x * 2).requiresGradient)
  }

  @Test("autocast multiplies in the lower precision and ends with its scope")
  func autocast() {
    let x = Tensor.ones([4, 4])
    #expect(withAutocast(.bfloat16, on: .cpu) { x.multiplied(by: x) }.dtype == .bfloat16)
    #expect(x.multiplied(by: x).dtype == .float32)
  }

  @Test("a parameter is changed in place, seen by all who share it")
  func parameter() {
    let parameter = Parameter(.zeros([2]))
    let alias = parameter.value
    parameter.assign(.ones([2]))
    #expect(alias.floats == [1, 1])
    (parameter.value * 3).sum().backward()
    #expect(parameter.gradient?.floats == [3, 3])
    parameter.clearGradient()
    #expect(parameter.gradient == nil)
    parameter.isTrainable = false
    #expect(!parameter.value.requiresGradient)
  }

  @Test("a value of another shape is refused with both shapes")
  func wrongShape() async throws {
    let result = try #require(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        Parameter(.zeros([2])).assign(.ones([3]))
      })
    #expect(String(decoding: result.standardErrorContent, as: UTF8.self).contains("[3]"))
  }

  @Test(
    "the fast linear equals the plain one, forward and backward",
    arguments: [
      ([5, 7], 3), ([128, 784], 256), ([2, 9, 16], 8), ([1, 1], 1),
    ])
  func fastLinear(shape: [Int], outputs: Int) throws {
    try #require(Tensor.hasFastLinear)
    let source = RandomSource(seed: 3)
    let inputs = shape[shape.count - 1]
    func results(_ apply: (Tensor, Tensor, Tensor) -> Tensor) -> [Tensor] {
      source.state = RandomSource(seed: 3).state
      let x = Tensor.normal(shape, using: source).requiringGradient()
      let weight = Tensor.normal([outputs, inputs], using: source).requiringGradient()
      let bias = Tensor.normal([outputs], using: source).requiringGradient()
      let y = apply(x, weight, bias)
      return [y] + gradients(of: y.squared().sum(), withRespectTo: [x, weight, bias])
    }
    let plain = results { $0.linear($1, bias: $2) }
    let fast = results { $0.fastLinear($1, bias: $2) }
    for (a, b) in zip(plain, fast) {
      // fp32 sums of up to 784 products in another order.
      let scale = a.absolute().maximum().item()
      #expect((a - b).absolute().maximum().item() <= 2e-5 * max(1, scale))
    }
  }
}
