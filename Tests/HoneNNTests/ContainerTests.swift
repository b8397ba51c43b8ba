import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

struct ContainerTests {
  @Test("a builder follows if, else, switch, for, optionals and lists", arguments: [true, false])
  func builder(_ flag: Bool) {
    let absent: (any Layer<Tensor, Tensor>)? = nil
    let list: [any Layer<Tensor, Tensor>] = [ELU(), SELU()]
    let model = Sequential {
      Flatten()
      if flag { ReLU() }
      if flag { Tanh() } else { Sigmoid() }
      switch flag {
      case true: Mish()
      case false: SiLU()
      }
      for _ in 0..<2 { Identity() }
      absent
      list
    }
    let kinds = model.layers.map { "\(type(of: $0))" }
    let expected =
      flag
      ? ["Flatten", "ReLU", "Tanh", "Mish", "Identity", "Identity", "ELU", "SELU"]
      : ["Flatten", "Sigmoid", "SiLU", "Identity", "Identity", "ELU", "SELU"]
    #expect(kinds == expected)
  }

  @Test("an empty sequence gives its input back")
  func empty() {
    let input = randomTensor([2])
    #expect(Sequential {}(input).isIdentical(to: input))
  }

  @Test("a residual block adds its input, or its shortcut's output")
  func residual() {
    let input = randomTensor([2, 3])
    #expect(Residual { Identity() }(input).isClose(to: 2.0 * input))
    let block = Residual(shortcut: Tanh()) { ReLU() }
    #expect(block(input).isClose(to: input.clamped(minimum: 0) + input.tanh()))
  }

  @Test("a residual block names body and shortcut, and refuses a sum of different shapes")
  func residualNames() {
    var stream = testStream()
    let block = Residual(shortcut: Linear(inputs: 3, outputs: 2, bias: false, using: &stream)) {
      Linear(inputs: 3, outputs: 2, bias: false, using: &stream)
    }
    #expect(block.namedParameters.map(\.name) == ["body.0.weight", "shortcut.weight"])
    let error = #expect(throws: TorchError.self) {
      try catchingTorchErrors {
        Residual { Linear(inputs: 3, outputs: 2, using: &stream) }(randomTensor([4, 3]))
      }
    }
    #expect(error?.message.contains("gives shape [4, 2] and a shortcut that gives [4, 3]") == true)
  }

  @Test("parallel branches are joined, and refuse shapes that do not fit")
  func parallel() {
    let input = randomTensor([2, 3])
    let branches = Parallel {
      Identity()
      Tanh()
    }
    let joined = Tensor.concatenated([input, input.tanh()], along: 1)
    #expect(branches(input).isIdentical(to: joined))
    let error = #expect(throws: TorchError.self) {
      try catchingTorchErrors {
        Parallel(along: 0) {
          Identity()
          GlobalAveragePool()
        }(randomTensor([2, 3, 4]))
      }
    }
    #expect(error?.message.contains("[[2, 3, 4], [2, 3]]") == true)
  }

  @Test("parallel branches are added or multiplied, and joined along a dimension from the end")
  func joins() {
    let input = randomTensor([2, 3, 4])
    func branches(along dimension: Int = 1, _ join: Parallel.Join) -> Parallel {
      Parallel(along: dimension, join: join) {
        Identity()
        Tanh()
        Sigmoid()
      }
    }
    let (tanh, sigmoid) = (input.tanh(), ATen.sigmoid(input))
    #expect(branches(.add)(input).isClose(to: input + tanh + sigmoid))
    #expect(branches(.multiply)(input).isClose(to: input * tanh * sigmoid))
    #expect(branches(along: -1, .concatenate)(input).shape == [2, 3, 12])
    let error = #expect(throws: TorchError.self) {
      try catchingTorchErrors {
        Parallel(join: .add) {
          Identity()
          Flatten()
        }(input)
      }
    }
    #expect(
      error?.message.hasSuffix("shapes [[2, 3, 4], [2, 12]]; they must be equal.") == true)
  }

  @Test("containers keep the contract of modules")
  func contract() {
    let input = randomTensor([2, 4])
    let residual: () -> any Layer<Tensor, Tensor> = {
      var stream = testStream()
      return Residual(shortcut: Linear(inputs: 4, outputs: 3, using: &stream)) {
        Linear(inputs: 4, outputs: 3, using: &stream)
        Tanh()
      }
    }
    #expect(moduleContractFailures(residual, input: input) == [])
    for join in Parallel.Join.allCases {
      let parallel: () -> any Layer<Tensor, Tensor> = {
        var stream = testStream()
        return Parallel(join: join) {
          Linear(inputs: 4, outputs: 3, using: &stream)
          Linear(inputs: 4, outputs: 3, using: &stream)
        }
      }
      #expect(moduleContractFailures(parallel, input: input) == [])
    }
  }
}
