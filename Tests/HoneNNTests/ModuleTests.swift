import HoneNN
import HoneNumerics
import HoneTensor
import Testing

private final class Mixed: Module {
  let scale = Parameter(Tensor.ones([2]))
  let stages: [[Linear]]
  let heads: [String: Linear]
  let absent: Linear?
  let present: Linear?
  let tied: Parameter
  let table = Buffer(Tensor.zeros([3]))
  let name = "mixed"

  init() {
    var stream = testStream()
    stages = [
      [Linear(inputs: 1, outputs: 1, bias: false, using: &stream)],
      [Linear(inputs: 1, outputs: 2, bias: false, using: &stream)],
    ]
    heads = [
      "right": Linear(inputs: 2, outputs: 1, bias: false, using: &stream),
      "left": Linear(inputs: 2, outputs: 3, bias: false, using: &stream),
    ]
    absent = nil
    present = Linear(inputs: 3, outputs: 3, using: &stream)
    tied = scale
  }
}

private struct Box {
  let parameter = Parameter(Tensor.ones([1]))
}

private final class Hiding: Module {
  let bare = Tensor.ones([1])
  let box = Box()
  let boxes: [Box] = [Box()]
  let pair = (Parameter(Tensor.ones([1])), 1)
  let reachable: Parameter? = Parameter(Tensor.ones([1]))
}

struct ModuleTests {
  @Test("names follow declaration order through arrays, dictionaries and optionals, shared once")
  func names() {
    let model = Mixed()
    #expect(
      model.namedParameters.map(\.name) == [
        "scale", "stages.0.0.weight", "stages.1.0.weight", "heads.left.weight",
        "heads.right.weight", "present.weight", "present.bias",
      ])
    #expect(model.namedBuffers.map(\.name) == ["table"])
    #expect(model.parameterCount == 2 + 1 + 2 + 6 + 2 + 9 + 3)
    model.scale.isTrainable = false
    #expect(model.parameterCount == 23)
    #expect(
      model.namedModules.map(\.name) == [
        "", "stages.0.0", "stages.1.0", "heads.left", "heads.right", "present",
      ])
  }

  @Test("finds state that reflection cannot reach")
  func hidden() {
    #expect(
      ModuleWalker.hiddenState(in: Hiding()) == [
        "bare", "box.parameter", "boxes.0.parameter", "pair..0",
      ])
    #expect(ModuleWalker.hiddenState(in: Mixed()) == [])
  }

  @Test("a state goes out and back, in order and without loss")
  func roundTrip() throws {
    let model = perceptron(seed: 1)
    let other = perceptron(seed: 2)
    let state = model.stateDictionary
    #expect(
      state.names == [
        "0.weight", "0.bias", "1.weight", "1.bias", "1.runningMean", "1.runningVariance",
        "1.batchCount", "3.weight", "3.bias",
      ])
    #expect(other.stateDictionary != state)
    let report = try other.load(state)
    #expect(report.isComplete && report.loaded == state.names)
    #expect(other.stateDictionary == state)
  }

  @Test("a state that does not fit names what is missing, unexpected and of another shape")
  func misfit() throws {
    let model = perceptron(seed: 1)
    let before = model.stateDictionary
    let wrong = StateDictionary(
      before.entries.compactMap { entry in
        switch entry.name {
        case "0.bias": nil
        case "3.weight": .init(name: "3.weight", value: HostTensor(zeros: [1], dtype: .float32))
        case "3.bias": .init(name: "4.bias", value: entry.value)
        default:
          .init(name: entry.name, value: HostTensor(zeros: entry.value.shape, dtype: .float32))
        }
      })
    let error = try #require(throws: StateDictionaryError.self) { try model.load(wrong) }
    #expect(error.report.missing == ["0.bias", "3.bias"])
    #expect(error.report.unexpected == ["4.bias"])
    #expect(error.report.mismatched.map(\.name) == ["3.weight"])
    #expect(error.report.mismatched.map(\.expected) == [[2, 4]])
    #expect(error.report.mismatched.map(\.found) == [[1]])
    #expect(
      error.description
        == "The state does not fit the model: it lacks 0.bias, 3.bias; the model has no 4.bias; "
        + "shapes differ in 3.weight ([1] for [2, 4]).")
    #expect(model.stateDictionary == before)
  }

  @Test("a partial load leaves the rest alone")
  func partial() throws {
    let model = perceptron(seed: 1)
    let before = model.stateDictionary
    let other = perceptron(seed: 2).stateDictionary
    let part = other.renamed { $0.hasPrefix("3.") ? $0 : nil }
    let report = try model.load(part, allowsPartial: true)
    #expect(report.loaded == ["3.weight", "3.bias"] && report.missing.count == 7)
    #expect(model.stateDictionary["0.weight"] == before["0.weight"])
    #expect(model.stateDictionary["3.weight"] == other["3.weight"])
  }

  @Test("modes reach nested layers, and a scope of evaluation gives them back")
  func modes() {
    let inner = Dropout()
    let outer = BatchNorm(features: 2)
    let model = Sequential {
      outer
      Sequential { inner }
    }
    model.evaluate()
    #expect(!inner.isTraining && !outer.isTraining)
    inner.isTraining = true
    model.evaluating { #expect(!inner.isTraining) }
    #expect(inner.isTraining && !outer.isTraining)
    model.train()
    #expect(inner.isTraining && outer.isTraining)
  }

  @Test("the summary lists layers with parameters and the total")
  func summary() {
    let lines = perceptron(seed: 1).summary.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[1].hasPrefix("0      Linear     [4, 3] [4]"))
    #expect(lines[4].hasSuffix(" 34"))
  }

  @Test("weights in another memory order give the same outputs and the same state")
  func arrange() {
    var stream = testStream()
    let layer = Conv2d(inputs: 3, outputs: 4, kernel: 3, using: &stream)
    let images = randomTensor([2, 3, 6, 6])
    let output = layer(images)
    let state = layer.stateDictionary
    layer.arrange(.channelsLast)
    #expect(layer.weight.value.isContiguous(.channelsLast))
    #expect(layer.stateDictionary == state)
    #expect(layer(images).isClose(to: output, relative: 1e-5, absolute: 1e-6))
  }

  @Test("a training step leaves no tensor behind")
  func leaks() async {
    // The count is the process's: other tests must not run beside this one.
    await #expect(processExitsWith: .success) {
      let model = perceptron(seed: 1)
      let input = randomTensor([8, 3])
      let target = Tensor([Int64](repeating: 1, count: 8))
      func step() {
        model.clearGradients()
        Loss.crossEntropy()(model(input), target).backward()
        for parameter in model.parameters {
          parameter.assign(parameter.value - 0.1 * (parameter.gradient ?? parameter.value))
        }
        model.clearGradients()
      }
      step()
      let before = Tensor.liveCount
      step()
      precondition(before > 0 && Tensor.liveCount == before)
    }
  }
}

private func perceptron(seed: UInt64) -> Sequential {
  var stream = testStream(seed)
  return Sequential {
    Linear(inputs: 3, outputs: 4, using: &stream)
    BatchNorm(features: 4)
    ReLU()
    Linear(inputs: 4, outputs: 2, using: &stream)
  }
}
