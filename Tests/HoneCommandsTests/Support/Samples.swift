import Foundation
import HoneCommands
import HoneConfiguration
import HoneData
import HoneRecords
import HoneSearch
import HoneText
import Synchronization

/// Records to print.
enum Samples {
  static let plan = PlanRecord(
    layers: [
      .init(
        path: "hidden", kind: "Linear", outputShape: [16], parameters: 1040, flops: 2048,
        standardDeviation: 0.125),
      .init(
        path: "norm", kind: "BatchNorm", outputShape: nil, parameters: 32, flops: nil,
        standardDeviation: nil),
    ], inputShape: [1, 8, 8], parameters: 1_234_567, trainableParameters: 1_234_467, flops: 2048,
    optimizer: "SAM(SGD)",
    schedule: (0..<40).map {
      .init(step: $0, epoch: Double($0) / 10, learningRate: 0.1 * Double(40 - $0) / 40)
    }, epochs: 4, stepsPerEpoch: 10, batchSize: 32, secondsPerStep: 0.002, seconds: 75,
    memory: .init(parameters: 4096, gradients: 4096, optimizer: 8192), device: "cpu",
    precision: "fp32", threads: 1)

  static let environment = EnvironmentRecord(
    hone: "0.1.0", libtorch: "2.13.0", system: "Linux", processor: "A processor", cores: 2)

  static let task = TaskRecord(
    kind: .multiclass, input: .image, sampleShape: [1, 8, 8], classes: ["0", "1"],
    classCounts: [60, 40], trainSamples: 100, validationSamples: 20, testSamples: 30)

  static func run(_ id: String = "20261121-084512-aaaa") -> RunRecord {
    var record = RunRecord(
      id: id, name: "cnn digits", created: Date(timeIntervalSince1970: 1_000), seed: 3,
      device: "cpu", precision: "fp32", threads: 2, parameters: 1234,
      configuration: #"{"training":{"epochs":2}}"#, dataSource: "digits", dataFingerprint: "f",
      task: task, metric: "accuracy", metricIsBetterWhenLarger: true,
      command: ["hone", "train", "digits"], environment: environment)
    record.status = .completed
    record.epochs = 2
    record.best = EpochRecord(
      epoch: 2, step: 20, trainLoss: 0.5, trainMetric: 0.8, validationLoss: 0.6,
      validationMetric: 0.75, learningRate: 0.1)
    record.final = record.best
    record.test = EvaluationRecord(
      split: "test", samples: 30, loss: 0.7, metric: 0.7, interval: [0.6, 0.8])
    record.seconds = 3
    record.samplesPerSecond = 400
    record.checkpoint = "runs/\(id)/best.safetensors"
    return record
  }

  static let finding = Finding(
    id: .overfit, severity: .warning, confidence: 0.9, epoch: 7,
    evidence: [
      Evidence(
        signal: "validationLossRise", value: 0.4, threshold: 0.1, comparison: .above,
        source: "Prechelt 1998")
    ],
    remedies: [
      Remedy(
        id: "weight-decay", change: ["optimizer.weightDecay": 0.1], effort: .short,
        rationale: Localized("It binds weights.", korean: "가중치를 묶습니다."))
    ], message: Localized("It overfits.", korean: "과대적합입니다."))

  static let improvement = ImprovementRecord(
    id: "improvement-1", created: Date(timeIntervalSince1970: 2_000), dataSource: "digits",
    metric: "accuracy", metricIsBetterWhenLarger: true, baseline: run("baseline"),
    final: run("final"), testGain: .init(delta: 0.02, interval: [0.01, 0.03]),
    diagnosis: DiagnosisRecord(run: "baseline", verdict: .problems, findings: [finding]),
    experiments: [
      ExperimentRecord(
        remedy: "weight-decay", finding: .overfit, change: ["optimizer.weightDecay": 0.1],
        baselineMetric: 0.7, metric: 0.72, delta: 0.02, interval: [0.01, 0.03], level: 0.95,
        seeds: 5, decision: .kept, seconds: 4)
    ], budgetSeconds: 60, spentSeconds: 12, command: ["hone", "improve", "digits"])

  /// A study of twenty-four trials whose loss is the square of their learning rate's distance from 0.5.
  static func search() throws -> SearchReport {
    let study = try Study(
      "first", space: SearchSpace([.float("optimizer.learningRate", 0...1)]),
      objectives: [.minimize("validationLoss")], sampler: .random, budget: .trials(24))
    _ = try study.run { trial in
      if trial.number == 3 { throw TrialFailed(.diverged, "Its loss was not finite.") }
      trial.note(run: "run-\(trial.number)")
      let distance = trial["optimizer.learningRate"] - 0.5
      return distance * distance
    }
    return SearchReport(study: study.record, ended: 24, seconds: 48)
  }

  /// A recipe whose steps have all passed.
  static let recipe: RecipeRecord = {
    var record = RecipeRecord(
      name: "first", created: Date(timeIntervalSince1970: 3_000), dataSource: "digits",
      dataFingerprint: "f", configuration: "{}", search: "learningRate auto none",
      plan: RecipePlan(), command: ["hone", "recipe", "digits"])
    record.steps = RecipeStep.Name.allCases.map {
      RecipeStep(
        $0, passed: true, value: 2.3, expected: "≈ 2.3",
        message: Localized("It is fine.", korean: "좋습니다."))
    }
    record.winner = RecipeWinner(
      study: "first-fine", trial: 4, value: 0.2, parameters: ["optimizer.learningRate": 0.01],
      run: "run-4")
    return record
  }()

  static let check = CheckReport(
    data: "digits", task: task, findings: [finding],
    gates: [
      .init(
        id: "initialLoss", passed: false, value: 5, expected: "0.69 ± 0.1",
        message: Localized("Too high.", korean: "너무 높습니다."))
    ])
}

/// An engine that remembers what it was asked and answers with samples.
final class FakeEngine: Engine {
  private let asked = Mutex<[TrainRequest]>([])
  private let improved = Mutex<[ImproveRequest]>([])
  private let searched = Mutex<[SearchRequest]>([])
  private let joined = Mutex<[JoinRequest]>([])
  private let cooked = Mutex<[RecipeRequest]>([])
  let record: RunRecord
  let recipe: RecipeRecord
  let interruption: Int32?

  init(
    record: RunRecord = Samples.run(), recipe: RecipeRecord = Samples.recipe,
    interruption: Int32? = nil
  ) {
    self.record = record
    self.recipe = recipe
    self.interruption = interruption
  }

  var trainRequests: [TrainRequest] { asked.withLock { $0 } }
  var searchRequests: [SearchRequest] { searched.withLock { $0 } }
  var joinRequests: [JoinRequest] { joined.withLock { $0 } }
  var recipeRequests: [RecipeRequest] { cooked.withLock { $0 } }
  var improveRequests: [ImproveRequest] { improved.withLock { $0 } }

  func train(_ request: TrainRequest, in context: CommandContext) async throws -> RunRecord {
    asked.withLock { $0.append(request) }
    if let interruption { context.interruption.request(interruption) }
    if let best = record.best { ProgressRenderer(context).receive(.epoch(best)) }
    return record
  }

  func improve(
    _ request: ImproveRequest, in context: CommandContext
  ) async throws -> ImprovementRecord {
    improved.withLock { $0.append(request) }
    return Samples.improvement
  }

  func search(_ request: SearchRequest, in context: CommandContext) async throws -> SearchReport {
    searched.withLock { $0.append(request) }
    return try Samples.search()
  }

  func join(_ request: JoinRequest, in context: CommandContext) async throws -> SearchReport {
    joined.withLock { $0.append(request) }
    return try Samples.search()
  }

  func recipe(
    _ request: RecipeRequest, in context: CommandContext
  ) async throws -> RecipeRecord {
    cooked.withLock { $0.append(request) }
    return recipe
  }

  func demo(_ request: DemoRequest, in context: CommandContext) async throws -> ImprovementRecord {
    Samples.improvement
  }

  func evaluate(
    _ request: EvaluateRequest, in context: CommandContext
  ) async throws -> EvaluationReport {
    EvaluationReport(
      run: record, evaluation: EvaluationRecord(split: "test", samples: 3, loss: 1, metric: 0.5),
      classes: [.init(name: "0", precision: 1, recall: 0.5, f1: 0.66, samples: 3)],
      calibrationError: .nan)
  }

  func predict(
    _ request: PredictRequest, in context: CommandContext,
    deliver: @Sendable (Prediction) throws -> Void
  ) async throws {
    for input in request.inputs {
      try deliver(
        Prediction(input: input, classes: [.init(name: "cat", probability: 0.9)]))
    }
  }

  func augment(
    _ request: AugmentRequest, in context: CommandContext
  ) async throws -> AugmentReport {
    AugmentReport(
      file: request.file, seed: request.configuration.training.seed,
      steps: request.configuration.augment.map(\.name),
      samples: request.samples.map {
        .init(
          sample: $0, label: nil,
          variants: [.init(epoch: request.epoch, operations: [.flipHorizontally])])
      }, mixing: [])
  }

  func verify(
    _ request: VerifyRequest, in context: CommandContext
  ) async throws -> VerificationReport {
    VerificationReport(
      run: request.run, steps: request.steps, comparedSteps: request.steps, comparedEpochs: 0,
      difference: request.steps > 50
        ? .init(step: 51, quantity: "loss", was: "0.5", now: "0.25") : nil, changes: [])
  }

  func features(
    _ request: FeaturesRequest, in context: CommandContext
  ) async throws -> FeaturesReport {
    FeaturesReport(
      file: request.file, content: request.content, samples: 2,
      arrays: ["features": [2, 512], "labels": [2], "indices": [2]])
  }

  func check(_ request: CheckRequest, in context: CommandContext) async throws -> CheckReport {
    Samples.check
  }

  func plan(_ request: TrainRequest, in context: CommandContext) async throws -> PlanRecord {
    Samples.plan
  }

  func findLearningRate(
    _ request: LearningRateFindRequest, in context: CommandContext
  ) async throws -> RangeTestRecord {
    RangeTestRecord(
      learningRates: [0.1, 1], losses: [2, .infinity], suggestion: 0.1, verdict: .clear)
  }
}
