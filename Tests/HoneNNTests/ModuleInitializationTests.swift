import HoneNN
import HoneNumerics
import HoneTensor
import Testing

@Suite("First values of a whole model") struct ModuleInitializationTests {
  private func isOrthogonal(_ matrix: Tensor) -> Bool {
    let values = matrix.detached()
    let identity = Initializer.identity().tensorOfIdentity(values.shape[0])
    return values.multiplied(by: values.transposed())
      .isClose(to: identity, relative: 1e-4, absolute: 1e-5)
  }

  @Test("linear layers and convolutions get values and their biases become zero; norms keep theirs")
  func weighted() {
    var stream = testStream()
    let model = Sequential {
      Conv2d(inputs: 1, outputs: 4, kernel: 3, using: &stream)
      BatchNorm(features: 4)
      Flatten()
      Linear(inputs: 16, outputs: 3, using: &stream)
    }
    #expect(model.initializeWeights(.constant(0.5), using: &stream) == 2)
    for (name, parameter) in model.namedParameters {
      let values = Set(parameter.value.detached().values(as: Float.self))
      let isNorm = name.hasPrefix("1.")
      let expected: Float = name.hasSuffix("weight") ? (isNorm ? 1 : 0.5) : 0
      #expect(values == [expected], "\(name)")
    }
  }

  @Test("an initializer draws the weights that it fits and leaves the others")
  func fitting() {
    var stream = testStream()
    let convolution = Conv2d(inputs: 2, outputs: 2, kernel: 3, using: &stream)
    let linear = Linear(inputs: 4, outputs: 4, using: &stream)
    let model = Sequential([convolution, linear])
    let before = linear.weight.value.detached().clone()
    #expect(model.initializeWeights(.dirac(), using: &stream) == 1)
    #expect(linear.weight.value.isIdentical(to: before))
    #expect(convolution.weight.value.sum().item() == 2)
    #expect(model.initializeWeights(.identity(), using: &stream) == 1)
    #expect(linear.weight.value.sum().item() == 4)
    #expect(!Initializer.dirac(groups: 2).fits([3, 2, 3, 3]))
    #expect(!Initializer.kaimingNormal().fits([3]) && Initializer.zeros.fits([3]))
  }

  @Test("spared parameters keep their values, with their biases")
  func sparing() throws {
    var stream = testStream()
    let first = Linear(inputs: 4, outputs: 4, using: &stream)
    let second = Linear(inputs: 4, outputs: 4, using: &stream)
    let before = Sequential([first]).stateDictionary
    let spared = Set(first.parameters.map { ObjectIdentifier($0) })
    let model = Sequential([first, second])
    #expect(model.initializeWeights(.ones, sparing: spared, using: &stream) == 1)
    #expect(Sequential([first]).stateDictionary == before)
    #expect(second.weight.value.sum().item() == 16)
  }

  @Test("gates and projections are drawn one by one")
  func stacked() throws {
    var stream = testStream()
    let memory = LSTM(
      inputs: 6, features: 5, options: RecurrentOptions(isBidirectional: true), using: &stream)
    #expect(memory.initializeWeights(.orthogonal(), using: &stream) == 4)
    let hidden = try #require(memory.namedParameters.first { $0.name == "weight_hh_l0_reverse" })
    for gate in 0..<4 {
      #expect(isOrthogonal(hidden.parameter.value[(5 * gate)..<(5 * gate + 5)]))
    }
    for (name, parameter) in memory.namedParameters where name.hasPrefix("bias") {
      #expect(parameter.value.absolute().sum().item() == 0)
    }
    let attention = MultiHeadAttention(features: 4, heads: 2, using: &stream)
    #expect(attention.initializeWeights(.orthogonal(), using: &stream) == 2)
    let projections = try #require(attention.inputWeight).value
    for part in 0..<3 { #expect(isOrthogonal(projections[(4 * part)..<(4 * part + 4)])) }
    #expect(isOrthogonal(attention.output.weight.value))
  }

  @Test("the same stream gives the same values, the standard ones PyTorch's biases")
  func streams() {
    func made(_ initializer: Initializer) -> StateDictionary {
      var stream = testStream()
      let layer = Linear(inputs: 8, outputs: 4, initializer: .zeros, using: &stream)
      layer.initializeWeights(initializer, using: &stream)
      return layer.stateDictionary
    }
    #expect(made(.kaimingNormal()) == made(.kaimingNormal()))
    #expect(made(.kaimingNormal()) != made(.xavierNormal()))
    var stream = testStream()
    let layer = Linear(inputs: 8, outputs: 4, initializer: .zeros, using: &stream)
    layer.initializeWeights(.standard, using: &stream)
    #expect((layer.bias?.value.absolute().sum().item() ?? 0) > 0)
  }
}

extension Initializer {
  fileprivate func tensorOfIdentity(_ count: Int) -> Tensor {
    var stream = RandomStream(seed: 0, "none")
    return tensor([count, count], using: &stream)
  }
}
