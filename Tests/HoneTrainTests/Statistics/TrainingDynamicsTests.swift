import Foundation
import HoneData
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneTrain

@Suite("how single samples are learned") struct TrainingDynamicsTests {
  /// Epochs of random answers to the first digits.
  private func results(_ epochs: Int, samples: Int, classes: Int) throws -> [EvaluationResult] {
    let labels = try Lab.digits.get().labels
    return (0..<epochs).map { epoch in
      var stream = RandomStream(seed: 5, "dynamics", epoch)
      var result = EvaluationResult()
      result.indices = Array(0..<samples)
      result.labels = result.indices.map { Int(labels[$0]) }
      result.width = classes
      result.outputs = (0..<(samples * classes)).map { _ in Float(2 * stream.normal()) }
      result.losses = result.indices.map { _ in abs(stream.normal()) }
      return result
    }
  }

  /// The probabilities that a row of logits stands for.
  private func softmax(_ logits: ArraySlice<Float>) -> [Double] {
    let powers = logits.map { exp(Double($0)) }
    return powers.map { $0 / powers.reduce(0, +) }
  }

  @Test("means and deviations are those of all epochs' answers")
  func numbers() throws {
    let results = try results(7, samples: 30, classes: 10)
    var dynamics = TrainingDynamics()
    for result in results { dynamics.add(result) }
    let data = try Lab.digits.get()
    let record = try #require(dynamics.record(data))
    #expect(record.epochs == 7 && record.samples == 30)
    #expect(record.map?.joined().reduce(0, +) == 30)
    for sample in record.hardest {
      let place = try #require((0..<30).first { data.name(of: $0) == sample.name })
      let label = results[0].labels[place]
      let rows = results.map { $0.outputs[(place * 10)..<(place * 10 + 10)] }
      let confidences = rows.map { softmax($0)[label] }
      #expect(abs(try #require(sample.confidence) - confidences.mean()) < 1e-12)
      let mean = confidences.mean()
      let deviation = confidences.map { ($0 - mean) * ($0 - mean) }.mean().squareRoot()
      #expect(abs(try #require(sample.variability) - deviation) < 1e-12)
      let losses = results.map { $0.losses[place] }
      #expect(abs(sample.loss - losses.mean()) < 1e-12)
      let margins = rows.map { row -> Double in
        let values = row.map(Double.init)
        let others = values.indices.filter { $0 != label }.map { values[$0] }
        return values[label] - (others.max() ?? 0)
      }
      #expect(abs(try #require(sample.margin) - margins.mean()) < 1e-12)
      let right = margins.map { $0 > 0 }
      #expect(sample.correctness == Double(right.count { $0 }) / 7)
      #expect(sample.forgettings == zip(right, right.dropFirst()).count { $0 && !$1 })
    }
    let margins = record.hardest.compactMap(\.margin)
    #expect(margins == margins.sorted())
    let variabilities = record.mostVariable.compactMap(\.variability)
    #expect(variabilities == variabilities.sorted(by: >))
  }

  @Test("two epochs make no map, and an epoch of infinite losses is left out")
  func tooFew() throws {
    let data = try Lab.digits.get()
    var results = try results(3, samples: 10, classes: 10)
    results[1].losses[4] = .infinity
    var dynamics = TrainingDynamics()
    for result in results { dynamics.add(result) }
    #expect(dynamics.epochs == 2)
    #expect(dynamics.record(data) == nil)
  }

  @Test("probabilities of zero and one are answers, and what is no number is left out")
  func extremes() throws {
    let data = try Lab.digits.get()
    var results = try results(5, samples: 10, classes: 10)
    for epoch in results.indices {
      results[epoch].outputs[epoch] = -.infinity
      results[epoch].outputs[10 + epoch] = .infinity
    }
    results[4].outputs[50] = .nan
    var dynamics = TrainingDynamics()
    for result in results { dynamics.add(result) }
    #expect(dynamics.epochs == 4)
    let record = try #require(dynamics.record(data))
    #expect(record.map?.joined().reduce(0, +) == 10)
    for sample in record.hardest {
      #expect(sample.confidence?.isFinite == true && sample.margin?.isFinite == true)
    }
  }

  @Test("regression knows losses alone")
  func regression() throws {
    let data = try Dataset(
      rows: (0..<6).map { [Double($0)] }, targets: (0..<6).map(Float.init))
    var dynamics = TrainingDynamics()
    for epoch in 1...4 {
      var result = EvaluationResult()
      result.indices = Array(0..<6)
      result.targets = (0..<6).map(Float.init)
      result.outputs = result.targets
      result.width = 1
      result.losses = (0..<6).map { Double($0) / Double(epoch) }
      dynamics.add(result)
    }
    let record = try #require(dynamics.record(data))
    #expect(record.map == nil && record.neverLearned == nil)
    #expect(record.hardest.first?.name == data.name(of: 5))
    #expect(record.hardest.allSatisfy { $0.confidence == nil })
  }

  @Test("a wrong label is among the hardest of a real run, and a resumed run knows the same")
  func realRun() throws {
    var lab = Lab()
    lab.epochs = 6
    lab.change = { plan in
      plan.trainEvaluation = try? lab.loader(
        plan.training.indices, LoaderOptions(batchSize: 64, threads: 0))
    }
    let whole = try lab.train()
    let record = try #require(whole.record.dynamics)
    #expect(record.epochs == 6 && record.samples == 200)
    #expect(whole.history.allSatisfy { $0.trainLossQuantiles?.count == 5 })
    let last = try #require(whole.history.last?.trainLossQuantiles)
    #expect(last == last.sorted())
    try withTemporaryFolder { folder in
      let checkpointer = Checkpointer(folder: folder)
      var taken = 0
      let counting = ClosureObserver { event in
        if case .epoch(let epoch) = event { taken = epoch.epoch }
      }
      _ = try Trainer(
        lab.plan, record: lab.record(), observers: [counting], checkpointer: checkpointer,
        stopRequested: { taken >= 3 }
      ).train()
      let checkpoint = try #require(checkpointer.read().checkpoint)
      #expect(checkpoint.dynamics.epochs >= 3)
      let resumed = try Trainer(lab.plan, record: lab.record()).train(from: checkpoint)
      #expect(resumed.record.dynamics == record)
    }
  }
}
