import HoneRecords
import Testing

@testable import HoneDiagnosis

/// A run of one interesting epoch: errors on three splits.
private func run(
  train: Double, validation: Double, test: Double? = nil, samples: Int = 5_000,
  neighbours: Double? = nil, input: TaskRecord.InputKind = .table
) -> RunEvidence {
  var evidence = SyntheticRun(epochs: 12, validationSamples: samples).evidence()
  evidence.run.task.input = input
  for place in evidence.epochs.indices {
    evidence.epochs[place].trainEvaluationMetric = 1 - train
    evidence.epochs[place].validationMetric = 1 - validation
    evidence.epochs[place].validationMetricError = nil
  }
  evidence.run.best = evidence.epochs.last
  if let test {
    evidence.run.test = EvaluationRecord(
      split: "test", samples: samples, loss: 1, metric: 1 - test)
  }
  if let neighbours {
    evidence.run.preflight?.neighbours = NeighbourRecord(
      neighbours: 15, samples: 2000, score: 1 - neighbours, error: 0.01)
  }
  return evidence
}

private func walk(_ evidence: RunEvidence, _ aims: Aims = Aims()) -> DecisionRecord {
  DecisionTree(aims: aims).walk(evidence, findings: [])
}

@Suite("the decision tree") struct DecisionTreeTests {
  @Test("the parts of the error add up to the error on the last split")
  func sums() throws {
    for (evidence, total) in [
      (run(train: 0.02, validation: 0.1, test: 0.14), 0.14),
      (run(train: 0.2, validation: 0.21), 0.21),
      (run(train: 0.02, validation: 0.1, neighbours: 0.2), 0.1),
    ] {
      let budget = try #require(walk(evidence).budget)
      let sum = budget.parts.reduce(0) { $0 + $1.value }
      #expect(abs(sum - total) < 1e-9)
      #expect(abs(budget.total - total) < 1e-9)
      for part in budget.parts { #expect(part.interval[0] <= part.interval[1]) }
    }
  }

  @Test("a training error far above the target is bias, and more data are not advised")
  func underfit() {
    let record = walk(run(train: 0.2, validation: 0.21), Aims(target: 0.95))
    #expect(record.trouble == .bias)
    #expect(record.next.question == .bias)
    #expect(record.next.id != "collect-data")
    #expect(record.steps.last?.answer == .notAsked)
  }

  @Test("the same training error is acceptable where people reach no more")
  func human() {
    let record = walk(run(train: 0.165, validation: 0.17), Aims(human: 0.835))
    #expect(record.trouble == nil)
    #expect(record.next.id == "accept")
  }

  @Test("without a target an ambiguous training error is called unclear, and a target asked for")
  func unclear() {
    let record = walk(run(train: 0.2, validation: 0.2, neighbours: 0.35, input: .image))
    #expect(record.steps.first { $0.question == .bias }?.answer == .unclear)
  }

  @Test("a fitted training split and a worse validation split are variance")
  func overfit() throws {
    let record = walk(run(train: 0.001, validation: 0.12), Aims(target: 0.99))
    #expect(record.trouble == .variance)
    let part = try #require(record.budget?[.variance])
    #expect(abs(part.value - 0.11) < 1e-9)
    #expect(part.interval[0] > 0.09 && part.interval[1] < 0.13)
  }

  @Test("a test error beyond what choosing explains is shift, within it over-tuning")
  func beyondValidation() throws {
    let shifted = walk(run(train: 0.05, validation: 0.05, test: 0.25), Aims(target: 0.95))
    #expect(shifted.trouble == .shift)
    let tuned = walk(run(train: 0.05, validation: 0.05, test: 0.053), Aims(target: 0.95))
    let budget = try #require(tuned.budget)
    #expect(abs((budget[.overtuning]?.value ?? 0) - 0.003) < 1e-9)
    #expect(abs(budget[.shift]?.value ?? 1) < 1e-9)
    #expect(tuned.trouble == nil)
  }

  @Test("a fault of the set-up comes before every question of fit")
  func setUp() {
    var run = LayerRun.stuck
    run.states { layer, state in if layer == 2 { state.deadShare = 0.9 } }
    let record = Diagnostician(aims: Aims(target: 0.9)).diagnose(run.evidence)
    #expect(record.decision?.trouble == .setUp)
    let first = record.findings.first { $0.severity >= .warning }
    #expect(record.decision?.next.finding == first?.id)
  }

  @Test("neighbours that err with a rate of 0.2 leave at least Cover and Hart's error to any model")
  func coverAndHart() throws {
    let evidence = run(train: 0.3, validation: 0.3, neighbours: 0.2)
    let errors = try #require(RunErrors(evidence))
    let floor = NoiseFloor(evidence, errors, aims: Aims())
    // With ten classes: b (2 - 10/9 b) = 0.2.
    let b = floor.value
    #expect(abs(b * (2 - 10.0 / 9 * b) - 0.2) < 1e-9)
  }

  @Test("of curves without a number of samples, what jumps from epoch to epoch is the uncertainty")
  func unknownSamples() throws {
    func judged(_ samples: Int, jump: Double) throws -> DecisionRecord {
      var evidence = run(train: 0.001, validation: 0.28, samples: samples)
      for place in evidence.epochs.indices where place.isMultiple(of: 2) {
        evidence.epochs[place].validationMetric = 0.72 + jump
      }
      return walk(evidence)
    }
    func answer(_ record: DecisionRecord) -> DecisionRecord.Answer? {
      record.steps.first { $0.question == .judgement }?.answer
    }
    let calm = try judged(0, jump: 0.004)
    #expect(answer(calm) == .unclear)
    #expect(calm.trouble == .variance)
    let rough = try judged(0, jump: 0.2)
    let narrow = try #require(calm.budget?[.variance]?.interval)
    let wide = try #require(rough.budget?[.variance]?.interval)
    #expect(wide[1] - wide[0] > 10 * (narrow[1] - narrow[0]))
    #expect(answer(try judged(5_000, jump: 0.004)) == .good)
  }

  @Test("losses alone give a budget too")
  func losses() throws {
    var evidence = SyntheticRun(epochs: 12).evidence()
    for place in evidence.epochs.indices {
      evidence.epochs[place].validationMetric = nil
      evidence.epochs[place].trainMetric = nil
      evidence.epochs[place].trainEvaluationMetric = nil
    }
    evidence.run.best = nil
    let budget = try #require(walk(evidence).budget)
    #expect(budget.metric == "loss")
    #expect(!budget.isOneLess)
  }

  @Test("before the first epoch there is no budget, and training on is the next thing to do")
  func nothing() {
    var evidence = SyntheticRun(epochs: 1).evidence()
    evidence.epochs = []
    evidence.run.best = nil
    evidence.run.final = nil
    let record = walk(evidence)
    #expect(record.budget == nil)
    #expect(record.trouble == .judgement)
  }
}
