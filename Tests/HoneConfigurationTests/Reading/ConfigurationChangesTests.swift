import HoneConfiguration
import HoneRecords
import Testing

@Suite("Changing configurations") struct ConfigurationChangesTests {
  @Test("sets a key to what a text says") func setting() throws {
    let changed = try Configuration().setting("optimizer.learningRate", to: "1e-2")
    #expect(changed.optimizer.method == .adamW(learningRate: 0.01))
    #expect(try Configuration().setting("data.normalize", to: "none").data.normalize == .none)
    #expect(
      try Configuration().setting("training.gradientClip.norm", to: "2").training.gradientClip
        == .init(norm: 2))
  }

  @Test("names the nearest key of one that it does not know") func nearest() {
    #expect {
      try Configuration().setting("optimizer.learnigRate", to: "1")
    } throws: { error in
      guard case ConfigurationError.invalid(let problems)? = error as? ConfigurationError,
        case .unknownKey(nearest: "learningRate", _)? = problems.first?.reason
      else { return false }
      return problems[0].path == "optimizer.learnigRate"
    }
  }

  @Test("a new kind brings its own defaults and keeps what was chosen") func newKind() throws {
    let start = try Configuration(text: "optimizer: {kind: adamW, weightDecay: 0.3}")
    #expect(
      try start.setting("optimizer.kind", to: "sgd").optimizer.method == .sgd(weightDecay: 0.3))
    let model = try Configuration(text: "model: {name: mlp, dropout: 0.4}")
    #expect(try model.setting("model.name", to: "cnn").model.architecture == .cnn(dropout: 0.4))
  }

  @Test("applies a remedy's changes in any order") func applying() throws {
    let changed = try Configuration().applying([
      "model.name": "mlp", "model.normalization": "batchNorm", "model.widths": [256, 64],
      "training.earlyStopping": ["patience": 3], "augment": ["horizontalFlip"],
    ])
    #expect(changed.model.architecture == .mlp(widths: [256, 64], normalization: .batchNorm))
    #expect(changed.training.earlyStopping?.patience == 3)
    #expect(changed.augment == [.horizontalFlip()])
  }

  @Test("reaches into lists and short forms") func lists() throws {
    let start = try Configuration(
      text: "model: {layers: [relu, {linear: 10}, {residual: [gelu]}, leakyReLU]}")
    let changed = try start.applying([
      "model.layers[1].linear.bias": false, "model.layers[3].leakyReLU.slope": 0.2,
    ])
    #expect(
      changed.model.architecture
        == .layers(layers: [
          .activation(.relu), .weight(.linear(outputs: 10, bias: false)),
          .container(.residual(layers: [.activation(.gelu())])),
          .activation(.leakyReLU(slope: 0.2)),
        ]))
  }

  @Test("flags set on top of a file keep the file's places") func document() throws {
    var document = try ConfigurationDocument(
      text: "optimizer: sgd\ntraining: {epochs: 0}\n", file: "a.yaml")
    document.set("optimizer.momentum", to: 0.5)
    #expect {
      try document.resolved()
    } throws: { error in
      guard case ConfigurationError.invalid(let problems)? = error as? ConfigurationError
      else { return false }
      return problems.map(\.path) == ["training.epochs"] && problems[0].position?.line == 2
    }
    document.set("training.epochs", to: 2)
    #expect(try document.resolved().optimizer.method == .sgd(momentum: 0.5))
  }

  @Test("lists the keys in which two configurations differ") func difference() throws {
    let first = Configuration()
    let second = try first.applying(["training.epochs": 3, "optimizer.weightDecay": 0.5])
    let changes = Configuration.difference(first, second)
    #expect(changes.map(\.path) == ["optimizer.weightDecay", "training.epochs"])
    #expect(changes.last?.old == 20)
    #expect(changes.last?.new == 3)
    #expect(Configuration.difference(first, first).isEmpty)
  }
}
