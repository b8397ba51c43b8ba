import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("Files of Optuna's")
struct OptunaFileTests {
  private static let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/optuna.db").path

  private func temporary() -> String {
    FileManager.default.temporaryDirectory.path + "/optuna-\(UUID().uuidString).db"
  }

  @Test("reads what Optuna wrote: states, infinite values, gaps, notes, times")
  func read() throws {
    #expect(OptunaFile.isDatabase(Self.fixture))
    let studies = try OptunaFile(path: Self.fixture, timeZone: .gmt).studies()
    #expect(studies.map(\.name) == ["pair", "single"])
    #expect(studies[0].directions == [.minimize, .maximize])
    #expect(studies[0].systemAttributes["study:metric_names"] == #"["loss", "accuracy"]"#)
    #expect(studies[1].userAttributes["data"] == #"{"name": "digits"}"#)
    let trials = studies[1].trials
    #expect(
      trials.map(\.state) == [
        .complete, .complete, .pruned, .fail, .complete, .complete, .running, .waiting,
      ])
    #expect(trials[4].values == [.infinity])
    #expect(trials[2].reports.map(\.step) == [0, 1, 3])
    #expect(trials[2].reports[0].values == [.infinity] && trials[2].reports[1].values[0].isNaN)
    let start = try #require(trials[0].started)
    // 2025-03-04 05:06:07.890123 UTC.
    #expect(abs(start.timeIntervalSince1970 - 1_741_064_767.890123) < 1e-5)
    #expect(try #require(trials[0].ended).timeIntervalSince(start) == 2.5)
    #expect(trials[7].started == nil && trials[7].parameters.isEmpty)
  }

  @Test("what is written is read again, and a second study goes beside the first")
  func written() throws {
    let path = temporary()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = OptunaFile(path: path, timeZone: .gmt)
    let studies = try OptunaFile(path: Self.fixture, timeZone: .gmt).studies()
    for study in studies { try file.add(study) }
    let again = try file.studies()
    #expect("\(again)" == "\(studies)")
    #expect(throws: StoreError.studyExists("pair")) { try file.add(studies[0]) }
    #expect(try file.studies().count == 2)
  }

  @Test("other files are refused by what they are, and stay as they are")
  func refused() throws {
    let path = temporary()
    #expect(throws: StoreError.missing(path: path)) { try OptunaFile(path: path).studies() }
    defer { try? FileManager.default.removeItem(atPath: path) }
    _ = try SQLiteStore(path: path)
    func isRefused(_ body: () throws -> Void) -> Bool {
      do {
        try body()
        return false
      } catch {
        if case .notOptuna? = error as? StoreError { return true }
        return false
      }
    }
    #expect(isRefused { _ = try OptunaFile(path: path).studies() })
    #expect(isRefused { try OptunaFile(path: path).add(OptunaStudy(name: "a", directions: [])) })
    _ = try SQLiteStore(path: path)
    let text = temporary()
    defer { try? FileManager.default.removeItem(atPath: text) }
    try "not a database, though long enough".write(
      toFile: text, atomically: true, encoding: .utf8)
    #expect(!OptunaFile.isDatabase(text))
    #expect(throws: StoreError.self) { try OptunaFile(path: text).studies() }
  }

  @Test("a time is written to the microsecond and read back")
  func time() throws {
    let path = temporary()
    defer { try? FileManager.default.removeItem(atPath: path) }
    var study = OptunaStudy(name: "times", directions: [.minimize])
    // The last microsecond of a second, which rounds up if it is cut into parts first.
    for (number, time) in [0.999_999_6, 1_234_567.890_123, 7_000_000.0].enumerated() {
      var trial = OptunaTrial(number: number, state: .complete)
      trial.started = Date(timeIntervalSinceReferenceDate: time)
      trial.values = [1]
      study.trials.append(trial)
    }
    let file = OptunaFile(path: path)
    try file.add(study)
    for (was, now) in zip(study.trials, try file.studies()[0].trials) {
      let difference = try #require(now.started).timeIntervalSince(try #require(was.started))
      #expect(abs(difference) < 1e-6)
    }
  }
}
