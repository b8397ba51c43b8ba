import Foundation
import HoneRecords
import HoneSearch
import HoneStore
import Testing

@Suite("hone search with several workers, as a user runs it")
struct SearchWorkersTests {
  private func search(_ study: String, _ more: [String]) -> [String] {
    [
      "search", "digits", "--model", "mlp", "--threads", "1", "--tune", "learningRate", "--study",
      study, "--json",
    ] + more
  }

  /// The processes that a command has started, from any of its threads.
  private func children(of process: Int32) -> [Int32] {
    let tasks = "/proc/\(process)/task"
    let threads = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
    return threads.flatMap { thread in
      let text = try? String(contentsOfFile: "\(tasks)/\(thread)/children", encoding: .utf8)
      return (text ?? "").split(separator: " ").compactMap { Int32($0) }
    }
  }

  private func trials(_ command: BuiltCommand, _ study: String) throws -> StudyRecord {
    try StudyWorker.record(of: study, in: DatabaseTrialStore(command.store()))
  }

  @Test("workers share a study; the same batches give the same study whatever their number")
  func batches() throws {
    let command = try BuiltCommand()
    var digests: [String] = []
    for workers in ["1", "3"] {
      let name = "with-\(workers)"
      let ended = try command.hone(
        search(name, ["--epochs", "2", "--trials", "6", "--batch", "3", "--workers", workers]))
      #expect(ended.status == 0, "\(ended.errors)")
      let json = try ended.json()
      #expect(json["trials"] as? Int == 6)
      #expect((json["states"] as? [String: Int])?["completed"] == 6)
      let verified = try command.hone("studies", "verify", name, "--json").json()
      #expect(verified["verified"] as? Int == 6)
      digests.append(try #require(verified["digest"] as? String))
    }
    #expect(digests[0] == digests[1])
  }

  @Test("a paused trial goes on from its checkpoint, and no trial is trained twice")
  func paused() throws {
    let command = try BuiltCommand()
    let ended = try command.hone(
      search("p", ["--epochs", "9", "--trials", "9", "--pruner", "asha", "--workers", "2"]))
    #expect(ended.status == 0, "\(ended.errors)")
    let record = try trials(command, "p")
    #expect(record.trials.count == 9)
    let steps = record.trials.map { $0.reports.map(\.step) }
    #expect(steps.allSatisfy { $0 == Array(1...max(1, $0.count)) })
    #expect(record.trials.contains { $0.state == .paused || $0.state == .completed })
    #expect(steps.contains { $0.count >= 3 })
    let store = try command.store()
    for trial in record.trials where trial.state == .completed {
      let run = try #require(trial.run)
      let epochs = try store.evidence(run).epochs
      #expect(epochs.map(\.epoch) == Array(1...9))
      // Also of those before a rest.
      #expect(
        try abs(trial.values[0] - #require(epochs.compactMap(\.validationLoss).min())) < 1e-12)
    }
  }

  @Test(
    "a worker that is killed costs its trial one attempt, and one that is asked to stop nothing")
  func killed() throws {
    let command = try BuiltCommand()
    let words = search("k", ["--epochs", "400", "--trials", "2", "--workers", "2"])
    let started = try command.start(words)
    started.wait { _ in
      ((try? trials(command, "k"))?.trials.filter { $0.reports.count > 3 }.count ?? 0) == 2
    }
    let victim = try #require(children(of: started.process.processIdentifier).first)
    kill(victim, SIGKILL)
    started.wait { $0.said.contains("attempt 2 of 3") }
    #expect(started.said.contains("attempt 2 of 3"))
    started.send(SIGTERM)
    let ended = started.wait()
    #expect(ended.status == 143, "\(ended.errors)")
    let record = try trials(command, "k")
    #expect(record.trials.count == 2)
    #expect(record.trials.allSatisfy { $0.state == .waiting })
    #expect(record.trials.map(\.attempt).sorted() == [1, 2])
  }

  @Test("a trial that takes longer than its limit fails for that, and the study goes on")
  func limited() throws {
    let command = try BuiltCommand()
    let ended = try command.hone(
      search("l", ["--epochs", "100000", "--trials", "2", "--trial-limit", "1"]))
    #expect(ended.status == 1, "\(ended.errors)")
    let record = try trials(command, "l")
    #expect(record.trials.map(\.failure) == [.timeout, .timeout])
    #expect(record.trials.allSatisfy { !$0.reports.isEmpty })
  }

  @Test("workers whose command is gone give their trials back and end") func orphans() throws {
    let command = try BuiltCommand()
    let started = try command.start(
      search("o", ["--epochs", "4000", "--trials", "2", "--workers", "2"]))
    started.wait { _ in
      ((try? trials(command, "o"))?.trials.filter { $0.reports.count > 1 }.count ?? 0) == 2
    }
    let workers = children(of: started.process.processIdentifier)
    #expect(workers.count == 2)
    started.send(SIGKILL)
    _ = started.wait()
    for _ in 0..<2000 where workers.contains(where: { kill($0, 0) == 0 }) { usleep(5_000) }
    #expect(workers.allSatisfy { kill($0, 0) != 0 })
    let record = try trials(command, "o")
    #expect(record.trials.allSatisfy { $0.state == .waiting && $0.attempt == 1 })
  }

  @Test(
    "a trial that cannot learn ends early, and the sampler is told why",
    arguments: [("[1e-12, 1e-11]", TrialFailure.notLearning), ("[1e20, 1e21]", .diverged)])
  func hopeless(range: String, failure: TrialFailure) throws {
    let command = try BuiltCommand()
    try """
    model: {name: mlp}
    optimizer: {kind: sgd, learningRate: {logUniform: \(range)}}
    training: {epochs: 40, threads: 1}
    """.write(
      to: command.folder.appending(path: "space.yaml"), atomically: true, encoding: .utf8)
    let ended = try command.hone(
      "search", "digits", "--space", "space.yaml", "--trials", "2", "--study", "h", "--json")
    #expect(ended.status == 1, "\(ended.errors)")
    let record = try trials(command, "h")
    #expect(record.trials.map(\.failure) == [failure, failure])
    #expect(record.trials.allSatisfy { $0.reports.count < 20 && $0.note?.isEmpty == false })
  }
}
