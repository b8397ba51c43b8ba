import HoneConfiguration
import HoneRecords
import HoneText
import Testing

/// The problems of a text that must have some.
func problems(_ text: String) -> [ConfigurationProblem] {
  do {
    _ = try Configuration(text: text, file: "hone.yaml")
    return []
  } catch ConfigurationError.invalid(let problems) {
    return problems
  } catch {
    Issue.record("\(error)")
    return []
  }
}

@Suite("Reading configurations") struct ConfigurationReaderTests {
  @Test("reads the product's example") func example() throws {
    let configuration = try Configuration(
      text: """
        data:
          source: fashion-mnist
          validation: 0.1
          batchSize: 64
          normalize: {mean: [0.5], std: [0.25]}
        augment: [{randomCrop: {padding: 2}}, horizontalFlip, {cutMix: {alpha: 0.5}}]
        model:
          layers:
            - flatten
            - linear: {outputs: 256, initializer: {kind: kaimingNormal}}
            - relu
            - dropout: 0.25
            - residual: [{linear: 256}, gelu]
            - repeat: {count: 2, layers: [tanh]}
            - linear: {outputs: classes}
        loss: {kind: crossEntropy, labelSmoothing: 0.1}
        regularization: {l1: 0, elasticNet: {strength: 1e-4}, maxNorm: null}
        optimizer: {kind: sgd, learningRate: 1e-1}
        schedule: {kind: cosine, warmupEpochs: 1}
        training:
          gradientClip: {norm: 1.0}
          earlyStopping: {monitor: validationLoss, patience: 3}
          seed: 7
        """)
    #expect(configuration.data.batchSize == 64)
    #expect(configuration.data.normalize == .given(mean: [0.5], std: [0.25]))
    #expect(
      configuration.augment == [
        .randomCrop(padding: 2), .horizontalFlip(), .cutMix(alpha: 0.5),
      ])
    #expect(
      configuration.model.architecture
        == .layers(layers: [
          .reshaping(.flatten()), .weight(.linear(outputs: 256, initializer: .kaimingNormal())),
          .activation(.relu), .noise(.dropout(probability: 0.25)),
          .container(.residual(layers: [.weight(.linear(outputs: 256)), .activation(.gelu())])),
          .container(.repeat(count: 2, layers: [.activation(.tanh)])),
          .weight(.linear(outputs: .classes)),
        ]))
    #expect(configuration.loss == .crossEntropy(labelSmoothing: 0.1))
    #expect(configuration.regularization.elasticNet.strength == 1e-4)
    #expect(configuration.optimizer.method == .sgd(learningRate: 0.1))
    #expect(configuration.schedule.course == .cosine())
    #expect(configuration.schedule.warmupEpochs == 1)
    #expect(configuration.training.gradientClip == .init(norm: 1))
    #expect(configuration.training.earlyStopping?.patience == 3)
    #expect(configuration.training.seed == 7)
  }

  @Test("takes bare names where a kind is asked for") func bareNames() throws {
    let configuration = try Configuration(text: "{model: cnn, optimizer: sgd, loss: huber}")
    #expect(configuration.model.architecture == .cnn())
    #expect(configuration.optimizer.method == .sgd())
    #expect(configuration.loss == .huber())
  }

  @Test("a map without a kind means the usual one") func usualKind() throws {
    let configuration = try Configuration(text: "optimizer: {learningRate: 0.1}")
    #expect(configuration.optimizer.method == .adamW(learningRate: 0.1))
  }

  @Test("keeps words that older YAML takes for truth values") func words() throws {
    let configuration = try Configuration(text: "data: {source: no, target: on}")
    #expect(configuration.data.source == "no")
    #expect(configuration.data.target == "on")
  }

  @Test("remembers where each key stands") func positions() throws {
    let text = "model:\n  layers:\n    - relu\n    - linear: {outputs: 3}\n"
    let configuration = try Configuration(text: text)
    #expect(
      configuration.source.position(of: "model.layers[1].linear.outputs")
        == SourcePosition(line: 4, column: 16))
    #expect(configuration.source.position(of: "model.layers[0].slope")?.line == 3)
  }

  @Test("names file, line, key, finding, permission and nearest key of an unknown key")
  func unknownKey() {
    let found = problems("optimizer:\n  kind: adamW\n  learningrate: 0.1\n")
    #expect(found.count == 1)
    #expect(found.first?.position == SourcePosition(line: 3, column: 3))
    #expect(found.first?.path == "optimizer.learningrate")
    let text = found.first?.explanation.english ?? ""
    #expect(text.hasPrefix("hone.yaml:3:3: optimizer.learningrate: "))
    #expect(text.contains("Did you mean \"learningRate\"?"))
    #expect(text.contains("weightDecay"))
  }

  @Test("the key that names a component is among those allowed beside its settings")
  func unknownKeyBesideKind() {
    let text = problems("optimizer: {name: sgd}\n").first?.explanation.english ?? ""
    #expect(text.contains("optimizer.name: "))
    #expect(text.contains("Allowed: kind, learningRate"))
  }

  @Test("collects every problem of a file") func collects() {
    let found = problems(
      """
      data: {batchSize: many}
      optimizer: {kind: adamW, learningRate: -1}
      trainning: {epochs: 3}
      training: {epochs: 0}
      """)
    #expect(
      found.map(\.path) == [
        "data.batchSize", "optimizer.learningRate", "trainning", "training.epochs",
      ])
    #expect(found.map { $0.position?.line } == [1, 2, 3, 4])
  }

  @Test(
    "refuses values that are not allowed",
    arguments: [
      ("optimizer: {kind: adamW, learningRate: -1}", "found -1; allowed: a number above 0"),
      (
        "data: {batchSize: 1.5}",
        "found 1.5; allowed: a whole number from 1 up, or one of all, auto"
      ),
      ("training: {deterministic: 1}", "found 1; allowed: true or false"),
      ("data: {balance: oversampel}", "Did you mean \"oversample\"?"),
      ("optimizer: {kind: adan}", "Did you mean \"adam\"?"),
      ("model: {layers: [rellu]}", "Did you mean \"relu\"?"),
      ("model: {layers: [{linear: {bias: true}}]}", "the key \"outputs\" is missing"),
      ("model: {layers: [{linear: clases}]}", "Did you mean \"classes\"?"),
      ("model: {layers: []}", "found a list of 0 elements"),
      ("optimizer: {kind: adamW, betas: [0.9]}", "found a list of 1 elements"),
      ("data: {validation: 1.5}", "found 1.5"),
      ("data: {validation: 0.6, test: 0.5}", "leave nothing to train on"),
      ("data: {normalize: {mean: [0], std: [1, 1]}}", "as many"),
      ("data: {normalize: {mean: [0], std: [0]}}", "found 0; allowed: a number above 0"),
      ("schedule: {kind: multiStep, milestones: [5, 3]}", "must ascend"),
      ("optimizer: {kind: sgd, momentum: 0, nesterov: true}", "momentum above 0"),
      ("optimizer: {kind: rprop, smallestStep: 2, largestStep: 1}", "above largestStep"),
      ("optimizer: {groups: [{learningRateScale: 2}]}", "match"),
      ("schedule: {sequence: [cosine, constant]}", "a stage has one length"),
      (
        "schedule: {sequence: [{kind: cosine, epochs: 1, steps: 3}, constant]}",
        "a stage has one length"
      ),
      ("schedule: {sequence: [{kind: cosine, epochs: 1}]}", "the last stage"),
      ("schedule: {product: [cosine, plateau]}", "plateau cannot be a part"),
      ("schedule: {halveEvery: 0}", "a whole number from 1 up"),
      ("training: {seed: -3}", "found -3"),
      (
        "model: {layers: [{residual: [{conv2d: {outputs: 1, initializer: {kind: uniform, low: 1}}}]}]}",
        "hone.yaml:1:65: model.layers[0].residual.layers[0].conv2d.initializer: low must be below high"
      ),
      ("training: {epochs: {integer: [1, 9]}}", "a search space stands"),
      ("optimizer: {kind: adamW, learningRate: {logUniform: [1e-4, 1]}}", "a search space stands"),
      ("model: {name: mlp, layers: [relu]}", "no such key"),
      ("optimizer: {momentum: 0.1}", "no such key"),
      (
        "model: {layers: [{linear: {outputs: 1, initializer: {mode: fanIn}}}]}",
        "the key \"kind\" is missing"
      ),
      ("[1, 2]", "found a list of 2 elements"),
      ("just words", "found the text \"just words\""),
    ])
  func refuses(_ text: String, _ expected: String) {
    let all = problems(text).map(\.explanation.english).joined(separator: "\n")
    #expect(all.contains(expected))
  }

  @Test("says the same in Korean") func korean() {
    let found = problems("training: {epochs: 0}").first?.explanation.korean ?? ""
    #expect(found == "hone.yaml:1:20: training.epochs: 0이(가) 있습니다. 쓸 수 있는 값: 1 이상의 정수.")
  }

  @Test("reports a key that stands twice") func duplicateKey() {
    let found = problems("training:\n  epochs: 1\n  epochs: 2\n")
    #expect(found.map(\.reason) == [.duplicateKey])
    #expect(found.first?.explanation.english.contains("epochs") == true)
  }

  @Test("reports texts that are empty, no YAML, or missing") func unusable() {
    #expect(throws: ConfigurationError.empty(file: "a.yaml")) {
      try Configuration(text: "# nothing\n", file: "a.yaml")
    }
    #expect {
      try Configuration(text: "data: [1, 2\nmodel: {", file: "a.yaml")
    } throws: { error in
      guard
        case ConfigurationError.syntax("a.yaml", let position?, _)? = error as? ConfigurationError
      else { return false }
      return position.line == 2
    }
    let missing = ConfigurationError.notFound(file: "/nowhere/a.yaml")
    #expect(throws: missing) { try ConfigurationDocument(file: "/nowhere/a.yaml") }
    #expect(missing.exitStatus == .inputNotFound)
    #expect(ConfigurationError.empty(file: nil).exitStatus == .configuration)
  }

  @Test("ends on a text that nests without end") func nesting() {
    let text = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    #expect(throws: ConfigurationError.self) { try Configuration(text: text) }
  }

  @Test("a perceptron's blocks are repeated, in an order that has a place for what is set")
  func blocks() throws {
    let text = "model: {name: mlp, widths: [8], repeats: 2, order: [norm, linear, activation]"
    let configuration = try Configuration(text: text + ", normalization: layerNorm}")
    #expect(
      configuration.model.architecture
        == .mlp(
          widths: [8], normalization: .layerNorm, repeats: 2, order: [.norm, .linear, .activation]))
    for (keys, sentence) in [
      ("order: [norm]", "must name linear"), ("order: [linear, linear]", "at most once"),
      ("order: [linear], normalization: batchNorm", "normalization is set"),
      ("order: [linear, norm], dropout: 0.1", "dropout is set"),
      ("order: [linear, relu]", "found the text"), ("repeats: 0", "found 0"),
    ] {
      let found = problems("model: {name: mlp, \(keys)}").map(\.explanation.english)
      #expect(found.count == 1 && found[0].contains(sentence), "\(found)")
    }
  }
}
