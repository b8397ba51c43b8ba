import Foundation
import HoneRecords
import Testing

@testable import HoneTrain

@Suite struct LogObserverTests {
  private func lines(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// A run that is interrupted after some steps and goes on, both parts with these observers.
  private func trainInTwoParts(
    _ lab: Lab, stoppingAfter limit: Int, in folder: String,
    observer: () -> any TrainingObserver
  ) throws {
    var steps = 0
    let checkpointer = Checkpointer(folder: folder)
    let first = try Trainer(
      lab.plan, record: lab.record(), observers: [observer()], checkpointer: checkpointer,
      stopRequested: {
        steps += 1
        return steps == limit
      }
    ).train()
    #expect(first.record.status == .interrupted)
    _ = try Trainer(lab.plan, record: lab.record(), observers: [observer()])
      .train(from: checkpointer.read().checkpoint)
  }

  @Test("a CSV file has a row for each epoch")
  func csv() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/logs/{run}.csv"
      let outcome = try Lab().train(observers: [CSVObserver(path: path)])
      let rows = try lines("\(folder)/logs/\(outcome.record.id).csv")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
      #expect(rows[0] == CSVObserver.columns)
      #expect(
        rows.dropFirst().allSatisfy { $0.count == rows[0].count && $0[0] == outcome.record.id })
      let place = try #require(rows[0].firstIndex(of: "validationMetric"))
      let metrics = rows.dropFirst().map { Double($0[place]) }
      #expect(metrics == outcome.history.map(\.validationMetric))
    }
  }

  @Test("the CSV file of a resumed run is that of the uninterrupted one, and a new run begins anew")
  func resumedCSV() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/log.csv"
      try trainInTwoParts(Lab(), stoppingAfter: 9, in: folder) { CSVObserver(path: path) }
      let epochs = try lines(path).dropFirst().map { $0.split(separator: ",")[1] }
      #expect(epochs == ["1", "2", "3"])
      var other = Lab()
      other.epochs = 1
      _ = try Trainer(
        other.plan, record: other.record("other"), observers: [CSVObserver(path: path)]
      ).train()
      #expect(try lines(path).count == 2)
    }
  }

  @Test("a file of JSON lines tells each step and epoch once, over an interruption too")
  func jsonLines() throws {
    struct Line: Decodable {
      var event: String
      var step: StepRecord?
      var epoch: EpochRecord?
    }
    try withTemporaryFolder { folder in
      let (whole, parts) = ("\(folder)/whole.jsonl", "\(folder)/parts.jsonl")
      _ = try Lab().train(observers: [JSONLinesObserver(path: whole)])
      try trainInTwoParts(Lab(), stoppingAfter: 9, in: folder) { JSONLinesObserver(path: parts) }
      func read(_ path: String) throws -> [Line] {
        try lines(path).map { try CanonicalJSON.decode(Line.self, from: $0) }
      }
      let (first, second) = (try read(whole), try read(parts))
      #expect(first.map(\.event).filter { $0 == "step" }.count == 21)
      #expect(second.compactMap(\.step) == first.compactMap(\.step))
      #expect(
        second.compactMap(\.epoch?.withoutTimes) == first.compactMap(\.epoch?.withoutTimes))
      #expect(first.first?.event == "began" && first.last?.event == "ended")
    }
  }

  @Test("what a killed run wrote after its last checkpoint is told once")
  func killed() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/log.jsonl"
      let observer = JSONLinesObserver(path: path)
      let record = Lab().record()
      try observer.receive(.began(record))
      for step in 1...5 {
        try observer.receive(
          .step(StepRecord(step: step, epoch: 1, loss: 1, learningRate: 0.1)))
      }
      let resumed = JSONLinesObserver(path: path)
      try resumed.receive(.began(record))
      try resumed.receive(.step(StepRecord(step: 4, epoch: 1, loss: 1, learningRate: 0.1)))
      let steps = try lines(path).compactMap { line -> Int? in
        struct Line: Decodable { var step: StepRecord? }
        return try CanonicalJSON.decode(Line.self, from: line).step?.step
      }
      #expect(steps == [1, 2, 3, 4])
    }
  }
}
