import HoneModels
import HoneNN
import HoneTensor
import Testing

struct WeightNamesTests {
  private let names: WeightNames = [
    "stages.#": "layer#+1", "groups.#.parts.#": "block#.unit#+1", "stem": "conv1",
    "inner": "", "head": "fc.2",
  ]

  @Test(
    "rules rename the parts they match and count on where they say so",
    arguments: [
      ("stages.0.1.weight", "layer1.1.weight"), ("stem.bias", "conv1.bias"),
      ("groups.3.parts.0.stem.weight", "block3.unit1.conv1.weight"),
      ("inner.stem.weight", "conv1.weight"), ("head.weight", "fc.2.weight"),
      ("stages.norm.runningVariance", "stages.norm.running_var"),
      ("stemmed.batchCount", "stemmed.num_batches_tracked"),
    ])
  func rules(_ path: String, _ name: String) {
    #expect(names.name(of: path) == name)
  }

  @Test("a state takes the model's paths; arrays that belong nowhere keep their names")
  func renamed() {
    var stream = RandomStream(seed: 1, "test")
    let model = SqueezeNet(outputs: 2, using: &stream)
    let foreign = model.stateDictionary.renamed { model.torchNames.name(of: $0) }
    #expect(foreign.names.contains("features.3.expand3x3.weight"))
    let more = StateDictionary(
      foreign.entries + [.init(name: "extra", value: Tensor.zeros([1]).hostTensor())])
    let names = model.torchNames.renamed(more, for: model).names
    #expect(names == model.stateDictionary.names + ["extra"])
  }
}
