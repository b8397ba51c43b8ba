import HoneOptim
import HoneTensor
import Testing

struct ParameterGroupTests {
  @Test("weights decay; biases, norms and other vectors do not")
  func decayingWeightsOnly() {
    let named: [(name: String, parameter: Parameter)] = [
      ("hidden.weight", Parameter(Tensor.ones([3, 2]))),
      ("hidden.bias", Parameter(Tensor.ones([3]))),
      ("norm.weight", Parameter(Tensor.ones([3]))),
      ("mixed.bias", Parameter(Tensor.ones([3, 3]))),
      ("filter.weight", Parameter(Tensor.ones([4, 3, 2, 2]))),
    ]
    let groups = ParameterGroup.decayingWeightsOnly(named, weightDecay: 0.1)
    #expect(groups.map(\.weightDecay) == [0.1, 0])
    #expect(groups[0].parameters.map(\.shape) == [[3, 2], [4, 3, 2, 2]])
    #expect(groups[1].parameters.map(\.shape) == [[3], [3], [3, 3]])
  }
}
