import Foundation
import HoneData
import HoneImprove
import HoneMetrics
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import HoneTrain

/// A case as what experiments are made on: its training and validation samples together, the recipe as it
/// is written, changes in the words of configurations.
struct CaseSubject: ExperimentSubject {
  let record: CaseRecord
  let cased: CaseData
  let pool: [Int]
  let preflight: PreflightRecord?
  /// The share of the case's epochs that fits the runner's time.
  let epochShare: Double

  var data: Dataset { cased.dataset }
  var splitMethod: SplitMethod { cased.bits.isEmpty ? .stratified : .shuffled }
  var metric: MetricName { record.task == "regression" ? .rootMeanSquaredError : .accuracy }

  func configuration(with change: RecipeChange) -> String? {
    guard let recipe = CaseRecipe(record, change: change) else { return nil }
    return try? CanonicalJSON.string(recipe.tree)
  }

  func length(on split: Split) throws -> RunLength {
    guard let recipe = CaseRecipe(record, change: [:]) else {
      throw Unavailable(reason: "the case cannot be built")
    }
    var plan = try plan(recipe, ArmTask(change: [:], split: split, seed: 0))
    recipe.complete(&plan, share: epochShare)
    return RunLength(
      epochs: plan.epochs, seconds: try Forecast(of: plan, steps: 3).seconds(of: plan))
  }

  func train(_ task: ArmTask) throws -> ArmRun {
    let start = ContinuousClock.now
    func seconds() -> Double { start.duration(to: .now) / .seconds(1) }
    do {
      return try judged(task, seconds: seconds)
    } catch {
      return ArmRun(ArmResult(failure: "\(error)", seconds: seconds()))
    }
  }

  private func judged(_ task: ArmTask, seconds: () -> Double) throws -> ArmRun {
    guard let recipe = CaseRecipe(record, change: task.change) else {
      throw Unavailable(reason: "the change does not fit the case")
    }
    var plan = try plan(recipe, task)
    recipe.complete(&plan, share: task.share * epochShare)
    if !task.wantsEvidence { plan.trainEvaluation = nil }
    if let start = task.start { _ = try plan.model.load(start.weights) }
    let deadline = ArmDeadline(seconds: task.seconds - seconds())
    let run = CaseRun(
      record: recipe.record, folder: URL(filePath: "/"), home: nil, seed: task.seed, limit: 0)
    var shown = recipe.prepared(cased)
    shown.train = task.split.train
    shown.validation = task.split.validation
    var known = run.runRecord(shown, plan.model as? Sequential ?? Sequential([]))
    known.preflight = preflight ?? PreflightRecord()
    known.configuration = configuration(with: task.change) ?? "{}"
    let steps = StepRecorder()
    let outcome = try Trainer(
      plan, record: known, policies: [deadline], observers: task.wantsEvidence ? [steps] : []
    ).train()
    let judge = try DataLoader(
      shown.dataset, indices: task.split.test, preprocessor: plan.training.preprocessor,
      options: LoaderOptions(batchSize: 500, threads: 0))
    let answers = try Evaluator(loss: plan.loss).evaluate(plan.model, on: judge)
    let scores = CaseJudge(recipe.record, bits: cased.bits).scores(answers)
    let mean = scores.mean()
    return ArmRun(
      ArmResult(
        scores: scores, samples: answers.indices,
        metric: record.task == "regression" ? (-mean).squareRoot() : mean, seconds: seconds(),
        isCut: deadline.wasReached),
      state: ArmState(outcome.kept),
      evidence: task.wantsEvidence
        ? RunEvidence(run: outcome.record, epochs: outcome.history, steps: steps.steps) : nil)
  }

  private func plan(_ recipe: CaseRecipe, _ task: ArmTask) throws -> TrainingPlan {
    let record = recipe.record
    var data = recipe.prepared(cased)
    data.train = task.split.train
    data.validation = task.split.validation
    var stream = RandomStream(seed: task.seed, "case model \(record.id)")
    let built = try CaseModel(record, inputShape: data.dataset.sampleShape, using: &stream)
    let loss = try CaseLoss(record, model: built, bits: data.bits)
    let model =
      loss.addsSoftmax ? Sequential(built.model.layers + [Softmax(along: 1)]) : built.model
    let optimizer = try caseOptimizer(record, model.parameters).optimizer
    let run = CaseRun(
      record: record, folder: URL(filePath: "/"), home: nil, seed: task.seed, limit: 0)
    var plan = try run.plan(data, model, loss.loss, optimizer)
    let steps = recipe.augmentation
    if !steps.isEmpty || recipe.isBalanced {
      var options = plan.training.options
      if !steps.isEmpty { options.augmentation = steps }
      if recipe.isBalanced { options.order = .balanced }
      plan.training = try DataLoader(
        data.dataset, indices: plan.training.indices, preprocessor: plan.training.preprocessor,
        options: options)
    }
    return plan
  }
}

/// Keeps the sampled steps.
final class StepRecorder: TrainingObserver {
  var steps: [StepRecord] = []

  func receive(_ event: TrainingEvent) throws {
    if case .step(let step) = event { steps.append(step) }
  }
}

/// Judges a case's answers by what they are meant to say, whatever loss they were trained with.
struct CaseJudge {
  let record: CaseRecord
  let bits: [[Float]]

  init(_ record: CaseRecord, bits: [[Float]]) {
    self.record = record
    self.bits = bits
  }

  /// The score of each sample, larger better.
  func scores(_ answers: EvaluationResult) -> [Double] {
    if !bits.isEmpty { return bitScores(answers) }
    let words = Words(record.loss)
    let isSquare = words.has("mean_squared_error", "mse", "mean_absolute_error", "mae")
    guard record.task != "regression", isSquare, answers.width == 2, hasOneOutput else {
      return answers.scores
    }
    // One output that was trained towards 0 and 1 says 1 above the middle, not above zero.
    return answers.labels.indices.map { sample in
      let says = answers.outputs[2 * sample + 1] > 0.5 ? 1 : 0
      return says == answers.labels[sample] ? 1 : 0
    }
  }

  private var hasOneOutput: Bool {
    record.layers.last { $0["t"]?.word == "dense" }?["units"]?.double == 1
  }

  /// The share of right bits.
  private func bitScores(_ answers: EvaluationResult) -> [Double] {
    let words = Words(record.loss)
    let threshold: Float
    if words.has("mean_squared_error", "mse") {
      threshold = 0.5
    } else {
      threshold = words.has("logits") ? 0 : Float(log(0.5))
    }
    return answers.indices.indices.map { row in
      let truth = bits[answers.labels[row]]
      let right = truth.indices.count { place in
        (answers.outputs[row * answers.width + place] > threshold) == (truth[place] > 0.5)
      }
      return Double(right) / Double(truth.count)
    }
  }
}
