import Foundation
import HoneConfiguration
import HoneData
import HoneMetrics
import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor
import HoneTrain
import Testing

@testable import HoneAssembly

@Suite struct AssembledRunTests {
  @Test("the record says what the run is before its first step")
  func record() throws {
    let run = try Workbench.run("training: {epochs: 2, seed: 7}")
    #expect(run.record.status == .running)
    #expect(run.record.seed == 7)
    #expect(run.record.name == "mlp-data")
    #expect(run.record.device == "cpu")
    #expect(run.record.precision == "fp32")
    #expect(run.record.metric == "accuracy")
    #expect(run.record.metricIsBetterWhenLarger)
    #expect(run.record.parameters == run.plan.model.parameterCount)
    #expect(run.record.task.classes.count == 10)
    #expect(run.record.task.sampleShape == [1, 8, 8])
    #expect(run.record.task.trainSamples == run.plan.training.indices.count)
    #expect(run.record.threads == run.plan.threads)
    // The automatic choice is resolved: reading the record builds the same model in later versions.
    let stored = try Configuration(text: run.record.configuration, file: nil)
    #expect(stored.model.architecture == .mlp())
    #expect(stored.training.seed == 7)
  }

  @Test("the digits train to a good accuracy, alike for one seed and unlike for another")
  func trains() throws {
    let text = "training: {epochs: 4}\noptimizer: {kind: adamW, learningRate: 5e-3}"
    func train(_ seed: UInt64) throws -> TrainingOutcome {
      let run = try Workbench.run(text, seed: seed)
      return try Trainer(run.plan, record: run.record, policies: run.policies).train()
    }
    let first = try train(1)
    #expect(try #require(first.record.best?.validationMetric) > 0.9)
    #expect(try train(1).kept == first.kept)
    #expect(try train(2).kept != first.kept)
  }

  @Test("a binary table trains with one logit, a regression in the unit of its data")
  func tables() throws {
    let binary = try Workbench.run(
      "loss: binaryCrossEntropy\ndata: {batchSize: 16}\ntraining: {epochs: 30}\n"
        + "optimizer: {kind: adamW, learningRate: 0.01}",
      data: try Workbench.table(target: "kind"))
    #expect(binary.plan.model.parameters.last?.shape == [1])
    let outcome = try Trainer(binary.plan, record: binary.record).train()
    #expect(try #require(outcome.record.best?.validationMetric) > 0.8)

    let regression = try Workbench.run(
      "data: {batchSize: 16}\ntraining: {epochs: 40}\n"
        + "optimizer: {kind: adamW, learningRate: 0.01}",
      data: try Workbench.table(target: "value"))
    #expect(regression.plan.metric == .rootMeanSquaredError)
    #expect(regression.plan.loss.name == "meanSquaredError")
    let deviation = try #require(regression.record.task.targetVariance).squareRoot()
    let result = try Trainer(regression.plan, record: regression.record).train()
    #expect(try #require(result.record.best?.validationMetric) < 0.5 * deviation)
  }

  @Test("training settings reach the plan")
  func settings() throws {
    let run = try Workbench.run(
      """
      data: {batchSize: 50, threads: 2}
      augment: [{randomCrop: {padding: 1}}]
      regularization: {l1: 0.1, l2: 0.2, elasticNet: {strength: 0.4, mixing: 0.25}, maxNorm: 3}
      schedule: {kind: plateau, factor: 0.5, patience: 2, warmupEpochs: 1}
      training:
        epochs: 9
        accumulate: 4
        gradientClip: {norm: 2}
        precision: bf16
        threads: 1
        earlyStopping: {monitor: validationLoss, patience: 3}
      """)
    #expect(run.plan.training.options.batchSize == 50)
    #expect(run.plan.training.options.order == .shuffled)
    #expect(run.plan.training.options.threads == 2)
    #expect(run.plan.training.options.augmentation == [.randomCrop(padding: 1)])
    #expect(run.plan.validation?.options.augmentation.isEmpty == true)
    #expect(run.plan.penalty == WeightPenalty(l1: 0.1 + 0.1, l2: 0.2 + 0.4 * 0.75))
    #expect(run.plan.maxNorm == MaxNorm(3))
    #expect(run.plan.clipping == .norm(2))
    #expect(run.plan.accumulation == 4)
    #expect(run.plan.precision == .bfloat16)
    #expect(run.plan.threads == 1)
    #expect(run.plan.monitor == .validationLoss)
    #expect(run.plan.epochs == 9)
    #expect(run.record.precision == "bf16")
    let policies = run.policies
    #expect(policies.first as? PlateauSchedule == PlateauSchedule(factor: 0.5, patience: 2))
    #expect(policies.last as? EarlyStopping == EarlyStopping(patience: 3))
  }

  @Test("regularization and averages reach the plan")
  func regularization() throws {
    let run = try Workbench.run(
      """
      regularization:
        l1: 0.1
        elasticNet: {strength: 0.4, mixing: 0.25}
        proximal: true
        constraints: [nonNegative, {minMaxNorm: {minimum: 0.5}}]
        gradientNoise: 0.3
      training:
        gradientClip: {adaptive: {lastLayer: true}}
        averaging: {swa: {start: 0.5, learningRate: 0.05}}
      """)
    #expect(run.plan.proximal == ProximalL1(0.2))
    #expect(run.plan.penalty == WeightPenalty(l2: 0.4 * 0.75))
    #expect(
      run.plan.constraints == [.nonNegative, .minMaxNorm(minimum: 0.5, maximum: 1, rate: 1)])
    #expect(run.plan.gradientNoise == GradientNoise(variance: 0.3))
    #expect(run.plan.clipping == .adaptive(AdaptiveClipping(), includesLastLayer: true))
    #expect(run.plan.averaging == .uniform(start: 0.5, learningRate: 0.05))
    let words = try Workbench.run("training: {averaging: ema, gradientClip: {adaptive: 0.1}}")
    #expect(words.plan.averaging == .exponential(decay: 0.999))
    #expect(words.plan.clipping == .adaptive(AdaptiveClipping(factor: 0.1)))
    #expect(try Workbench.run("training: {averaging: none}").plan.averaging == nil)
  }

  @Test("first weights can be scaled by the data, and the bias begin with the classes' frequencies")
  func dataDrivenStart() throws {
    let model = "model: {name: mlp, widths: [32], "
    let plain = try Workbench.run(model + "activation: tanh}")
    let scaled = try Workbench.run(model + "activation: tanh, lsuv: true}")
    let batch = try scaled.plan.training.batch(of: Array(scaled.plan.training.indices.prefix(256)))
    let inputs = Tensor(batch.inputs)
    let spreads = try scaled.plan.model.initialSpread(on: inputs).outputs
    #expect(spreads.count == 2)
    #expect(spreads.allSatisfy { abs($0.standardDeviation - 1) < 0.06 })
    let before = try plain.plan.model.initialSpread(on: inputs).outputs
    #expect(before.contains { abs($0.standardDeviation - 1) > 0.2 })
    let prior = try Workbench.run(model + "outputBias: prior}")
    let bias = try #require(prior.plan.model.namedParameters.last).parameter.value.detached()
    let counts = prior.record.task.classCounts.map(Double.init)
    let total = counts.reduce(0, +)
    for (found, count) in zip(bias.values(as: Double.self), counts) {
      #expect(abs(found - log(count / total)) < 1e-6)
    }
    let regression = try Workbench.run(
      model + "outputBias: prior}", data: try Workbench.table(target: "value"))
    #expect(regression.plan.model.namedParameters.last?.parameter.value.item() == 0)
    let complaint = Workbench.complaint {
      try Workbench.run(
        "model: {layers: [flatten, {linear: {outputs: classes, bias: false}}], outputBias: prior}")
    }
    #expect(complaint.contains("no bias that could take"))
  }

  @Test("a last batch of one sample is left out, and nothing else")
  func loneSample() throws {
    let samples = try Workbench.run("data: {batchSize: 128}").plan.training.indices.count
    for (size, drops) in [
      (samples - 1, true), (samples, false), (samples + 1, false), (128, false),
    ] {
      let training = try Workbench.run("data: {batchSize: \(size)}").plan.training
      #expect(training.options.dropLast == drops, "batches of \(size)")
    }
  }

  @Test("weights decay, biases and normalizations do not")
  func decayGroups() throws {
    let text = "model: {name: mlp, widths: [8], normalization: batchNorm}\noptimizer: "
    let split = try Workbench.run(text + "{kind: adamW, weightDecay: 0.1}").plan.optimizer.groups
    #expect(split.map(\.weightDecay) == [0.1, 0])
    #expect(split[0].parameters.map(\.shape) == [[8, 64], [10, 8]])
    #expect(split[1].parameters.map(\.shape) == [[8], [8], [10]])
    let whole = try Workbench.run(
      text + "{kind: adamW, weightDecay: 0.1, excludeNormsAndBiases: false}"
    ).plan.optimizer.groups
    #expect(whole.map(\.weightDecay) == [0.1])
    #expect(whole[0].parameters.count == 5)
    let descent = try Workbench.run(
      text + "{kind: sgd, learningRate: 0.3, momentum: 0.8, nesterov: true, weightDecay: 0.2}"
    ).plan.optimizer
    let sgd = try #require(descent as? SGD)
    #expect(sgd.momentum == 0.8 && sgd.isNesterov && sgd.learningRate == 0.3)
    #expect(sgd.groups.map(\.weightDecay) == [0.2, 0])
    let adam = try Workbench.run(text + "{kind: adam, betas: [0.8, 0.9]}").plan.optimizer
    #expect((adam as? Adam)?.betas == AdamBetas(0.8, 0.9))
  }

  @Test("the whole training split can be one batch")
  func wholeBatch() throws {
    let training = try Workbench.run("data: {batchSize: all}").plan.training
    #expect(training.batchesPerEpoch == 1)
    #expect(training.options.batchSize == training.indices.count)
  }

  @Test(
    "what does not go together is refused at its key",
    arguments: [
      (
        "loss: meanSquaredError", false, "run.yaml:1:",
        "loss: meanSquaredError does not fit a multiclass"
      ),
      ("loss: binaryCrossEntropy", false, "run.yaml:1:", "multiclass"),
      ("loss: crossEntropy", true, "run.yaml:1:", "regression"),
      ("data: {balance: classWeights}", true, "run.yaml:1:", "data.balance"),
      ("data: {balance: oversample}", true, "run.yaml:1:", "data.balance"),
      ("training: {gradientClip: {norm: 1, value: 1}}", false, "run.yaml:1:", "Keep one of them"),
      ("regularization: {proximal: true}", false, "run.yaml:1:", "no absolute penalty"),
      (
        "regularization: {constraints: [{minMaxNorm: {minimum: 2}}]}", false, "run.yaml:1:",
        "minimum is above maximum"
      ),
      ("training: {device: cuda}", false, "run.yaml:1:", "no CUDA device"),
      (
        "model: {name: mlp, normalization: batchNorm}\ndata: {batchSize: 1}", false, "run.yaml:2:",
        "two samples or more"
      ),
      ("data: {validation: 0.1}\nmodel: {name: cnn}", true, "run.yaml:2:", "model for images"),
    ])
  func refusals(text: String, isRegression: Bool, place: String, sentence: String) throws {
    let data = try isRegression ? Workbench.table(target: "value") : Workbench.digits.get()
    let complaint = Workbench.complaint { try Workbench.run(text, data: data) }
    #expect(complaint.hasPrefix(place))
    #expect(complaint.contains(sentence))
  }

  @Test("what lies between checkpoints is taken over; a plain number counts epochs")
  func checkpointInterval() throws {
    func interval(_ text: String) throws -> CheckpointInterval {
      try Configuration(text: "training: {\(text)}", file: "run.yaml").checkpointInterval
    }
    #expect(try interval("epochs: 1") == .automatic)
    #expect(try interval("checkpointEvery: 5") == CheckpointInterval(epochs: 5))
    #expect(
      try interval("checkpointEvery: {steps: 100, seconds: 2.5}")
        == CheckpointInterval(steps: 100, seconds: 2.5))
  }

  @Test("the last epoch's weights are kept where the best are not asked for")
  func restoresBest() throws {
    let text = "training: {earlyStopping: {restoreBest: "
    #expect(try Workbench.run(text + "false}}").plan.restoresBest == false)
    #expect(try Workbench.run(text + "true}}").plan.restoresBest)
  }

  @Test("batches of one sample are allowed where nothing is normalised over them")
  func singleSamples() throws {
    #expect(try Workbench.run("data: {batchSize: 1}").plan.training.options.batchSize == 1)
  }

  @Test("class weights come from the training split")
  func classWeights() throws {
    let run = try Workbench.run("data: {balance: classWeights}")
    #expect(run.plan.loss.name == "crossEntropy")
    #expect(run.plan.loss != .crossEntropy())
    let oversampled = try Workbench.run("data: {balance: oversample}")
    #expect(oversampled.plan.training.options.order == .balanced)
  }
}
