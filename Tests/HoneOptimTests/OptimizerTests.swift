import HoneNumerics
import HoneOptim
import HoneTensor
import HoneTestSupport
import Testing

struct OptimizerTests {
  typealias Make = @Sendable ([ParameterGroup]) -> any Optimizer

  static let makers: [String: Make] = [
    "SGD": { SGD($0) }, "SGD with momentum": { SGD($0, momentum: 0.9, isNesterov: true) },
    "Adam": { Adam($0) }, "AdamW": { AdamW($0) }, "RMSProp": { RMSProp($0) },
    "RMSProp with momentum": { RMSProp($0, momentum: 0.5) }, "Adagrad": { Adagrad($0) },
    "NAdam": { NAdam($0) }, "RAdam": { RAdam($0) }, "Lion": { Lion($0) },
    "NAdam, decoupled": { NAdam($0, isDecoupled: true) },
    "AMSGrad": { Adam($0, isAMSGrad: true) }, "AdamW, AMSGrad": { AdamW($0, isAMSGrad: true) },
    "RMSProp, centered": { RMSProp($0, momentum: 0.5, isCentered: true) },
    "Adagrad with options": { Adagrad($0, learningRateDecay: 0.1, initialSum: 0.1) },
    "Adadelta": { Adadelta($0) }, "Adamax": { Adamax($0) },
    "ASGD": { ASGD($0, averagingStart: 3) }, "Rprop": { Rprop($0) }, "LAMB": { LAMB($0) },
    "Adafactor": { Adafactor($0) }, "Adafactor, fixed": { Adafactor($0, isRelative: false) },
    "Muon": { Muon($0) }, "Muon, adjusted": { Muon($0, adjustment: .matchAdamW) },
    "SAM": { SAM(SGD($0, momentum: 0.9)) }, "SAM, adaptive": { SAM(AdamW($0), isAdaptive: true) },
    "Lookahead": { Lookahead(AdamW($0)) },
    "Lookahead of SAM": { Lookahead(SAM(SGD($0)), period: 2, share: 0.8) },
  ]

  @Test("keeps the promises of optimisers", arguments: makers.keys.sorted())
  func contract(name: String) throws {
    let make = try #require(Self.makers[name])
    #expect(brokenPromises(of: make) == [])
  }

  @Test("steps free their handles", .timeLimit(.minutes(1)))
  func leaks() async {
    // Other suites make tensors at the same time: a process of its own counts undisturbed.
    await #expect(processExitsWith: .success) {
      for make in OptimizerTests.makers.values {
        let before = Tensor.liveCount
        do {
          let parameter = Parameter(Tensor.ones([4, 4]))
          let optimizer = make([ParameterGroup([parameter], weightDecay: 0.1)])
          var counts: [Int] = []
          for _ in 0..<5 {
            optimizer.clearGradients()
            parameter.value.squared().sum().backward()
            if optimizer.perturb() {
              optimizer.clearGradients()
              parameter.value.squared().sum().backward()
            }
            clipGradients(of: [parameter], toNorm: 1)
            optimizer.step()
            counts.append(Tensor.liveCount)
          }
          precondition(counts[4] == counts[0])
          _ = optimizer.state
        }
        precondition(Tensor.liveCount == before)
      }
    }
  }

  @Test("a state that lacks a tensor is refused by the tensor's name")
  func missingTensor() throws {
    let parameter = Parameter(Tensor.ones([2]))
    let optimizer = Adam([parameter])
    parameter.value.sum().backward()
    optimizer.step()
    var state = optimizer.state
    state.tensors.removeAll { $0.name == "secondMoment.0" }
    #expect(throws: OptimizerStateError.missing(name: "secondMoment.0")) {
      try optimizer.load(state)
    }
  }

  @Test("a state of other shapes is refused with both shapes")
  func otherShape() throws {
    let parameter = Parameter(Tensor.ones([2]))
    let optimizer = AdamW([parameter])
    parameter.value.sum().backward()
    optimizer.step()
    var state = optimizer.state
    let place = try #require(state.tensors.firstIndex { $0.name == "firstMoment.0" })
    state.tensors[place].value = HostTensor(zeros: [3], dtype: .float32)
    let expected = OptimizerStateError.shape(
      name: "firstMoment.0", found: [3], foundType: .float32, expected: [2],
      expectedType: .float32)
    #expect(throws: expected) { try optimizer.load(state) }
    #expect(expected.description.contains("[3]"))
  }
}
