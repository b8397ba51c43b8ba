import HoneModels
import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

struct ResNetTests {
  private func contractFailures(_ options: ResNet.Options, _ size: Int) -> [String] {
    let images = Tensor.normal([3, 2, size, size], using: RandomSource(seed: 1))
    return moduleContractFailures(
      {
        var stream = RandomStream(seed: 1, "test")
        return ResNet(options, inputs: 2, outputs: 3, using: &stream)
      }, input: images)
  }

  @Test("every variant keeps the contract of modules")
  func contract() {
    var excited = ResNet.Options.small(depth: 8, width: 4, order: .post)
    excited.excitationReduction = 2
    excited.dropout = 0.2
    #expect(contractFailures(excited, 9) == [])
    excited.order = .pre
    #expect(contractFailures(excited, 9) == [])
    var narrow = ResNet.Options(block: .bottleneck, counts: [1, 2], width: 4)
    #expect(contractFailures(narrow, 33) == [])
    narrow.groups = 2
    narrow.groupWidth = 32
    narrow.order = .pre
    #expect(contractFailures(narrow, 33) == [])
    var wide = ResNet.Options.wide(depth: 10, factor: 1, dropout: 0.3)
    wide.width = 4
    #expect(contractFailures(wide, 8) == [])
  }

  @Test("wide networks have the papers' parameters, in millions")
  func wide() throws {
    var stream = RandomStream(seed: 1, "test")
    // Zagoruyko and Komodakis 2016, table 5 (CIFAR-10): WRN-40-4 8.9, WRN-16-8 11.0, WRN-28-10 36.5.
    for (depth, factor, millions) in [(40, 4, 8.9), (16, 8, 11.0), (28, 10, 36.5)] {
      let model = ResNet(
        .wide(depth: depth, factor: factor), outputs: 10, device: .meta, using: &stream)
      #expect(abs(Double(model.parameterCount) / 1e6 - millions) < 0.06)
      #expect(try model.outputShape(for: [2, 3, 32, 32]) == [2, 10])
      #expect(model.mapChannels == [16, 32, 64].map { $0 * factor })
    }
  }

  @Test("a block that starts at the identity passes its input on")
  func identity() {
    var options = ResNet.Options.small(depth: 8, width: 4, order: .post)
    options.startsAtIdentity = true
    var stream = RandomStream(seed: 1, "test")
    let model = ResNet(options, inputs: 1, outputs: 2, using: &stream)
    let map = Tensor.uniform([2, 4, 5, 5], using: RandomSource(seed: 2))
    #expect(model.stages[0][0](map).isIdentical(to: map))
  }
}
