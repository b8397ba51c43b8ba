import HoneOptim
import HoneTensor
import Testing

struct ParameterGroupTests {
  private let named: [(name: String, parameter: Parameter)] = [
    ("hidden.weight", Parameter(Tensor.ones([3, 2]))),
    ("hidden.bias", Parameter(Tensor.ones([3]))),
    ("norm.weight", Parameter(Tensor.ones([3]))),
    ("mixed.bias", Parameter(Tensor.ones([3, 3]))),
    ("filter.weight", Parameter(Tensor.ones([4, 3, 2, 2]))),
    ("head.weight", Parameter(Tensor.ones([2, 4]))),
    ("head.bias", Parameter(Tensor.ones([2]))),
  ]

  @Test("weights decay; biases, norms and other vectors do not")
  func decayingWeightsOnly() {
    let groups = ParameterGroup.decayingWeightsOnly(Array(named.prefix(5)), weightDecay: 0.1)
    #expect(groups.map(\.weightDecay) == [0.1, 0])
    #expect(groups[0].parameters.map(\.shape) == [[3, 2], [4, 3, 2, 2]])
    #expect(groups[1].parameters.map(\.shape) == [[3], [3], [3, 3]])
  }

  @Test("what is treated alike shares a group")
  func alike() {
    let groups = ParameterGroup.grouped(named, weightDecay: 0.1)
    #expect(groups.map(\.weightDecay) == [0.1, 0])
    #expect(groups.map(\.parameters.count) == [3, 4])
    let whole = ParameterGroup.grouped(
      named, weightDecay: 0.1, excludesNormsAndBiases: false)
    #expect(whole.map(\.parameters.count) == [7])
    #expect(ParameterGroup.grouped(named, weightDecay: 0).count == 1)
  }

  @Test("the rate falls with the distance from the last layer; norms and biases go with theirs")
  func layerDecay() {
    let groups = ParameterGroup.grouped(named, weightDecay: 0, layerDecay: 0.5)
    #expect(groups.map(\.learningRateScale) == [0.125, 0.25, 0.5, 1])
    #expect(groups.map(\.parameters.count) == [3, 1, 1, 2])
  }

  @Test("rules by name change rate and decay, the first that matches decides")
  func rules() {
    let groups = ParameterGroup.grouped(
      named, weightDecay: 0.1,
      rules: [
        ParameterRule(match: "head.bias", weightDecay: 0.3),
        ParameterRule(match: "head.*", learningRateScale: 10, weightDecay: 0),
      ])
    let head = groups.first { $0.learningRateScale == 10 }
    #expect(head?.parameters.map(\.shape) == [[2, 4]])
    #expect(head?.weightDecay == 0)
    #expect(groups.first { $0.weightDecay == 0.3 }?.parameters.map(\.shape) == [[2]])
  }

  @Test(
    "a star stands for any characters",
    arguments: [
      ("head.*", "head.weight", true), ("head.*", "ahead.weight", false),
      ("*.bias", "a.b.bias", true), ("*norm*", "block.norm2.weight", true),
      ("a*a", "a", false), ("a*b*c", "axxbyyc", true), ("a*b*c", "axxcyyb", false),
      ("*", "anything", true), ("head", "head.weight", false), ("head", "head", true),
    ])
  func patterns(pattern: String, name: String, expected: Bool) {
    #expect(ParameterRule(match: pattern).matches(name) == expected)
  }
}
