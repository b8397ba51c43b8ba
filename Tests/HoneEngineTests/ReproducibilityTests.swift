import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("Runs that are repeated", .tags(.slow))
struct ReproducibilityTests {
  private func weights(_ command: BuiltCommand, _ more: [String]) throws -> Weights {
    let arguments = [
      "train", "digits", "--model", "mlp", "--epochs", "2", "--seed", "4", "--set",
      "model.dropout=0.3", "--set", "augment=[{randomCrop: {padding: 1}}]",
    ]
    let ended = try command.hone(arguments + more)
    try #require(ended.status == 0, "\(ended.errors)")
    return try command.weights(of: command.lastRun())
  }

  @Test("the same seed gives the same weights with 1, 2 and 4 loader threads, and again")
  func loaderThreads() throws {
    let command = try BuiltCommand()
    let first = try weights(command, ["--set", "data.threads=1"])
    for threads in [2, 4, 1] {
      #expect(try weights(command, ["--set", "data.threads=\(threads)"]) == first, "\(threads)")
    }
  }

  @Test("the same seed gives the same weights on either core")
  func cores() throws {
    let command = try BuiltCommand()
    let first = try weights(command, ["--threads", "2"])
    for core in 0..<min(2, ProcessInfo.processInfo.processorCount) {
      let ended = try command.script(
        """
        taskset -c \(core) $hone train digits --model mlp --epochs 2 --seed 4 --threads 2 \\
          --set model.dropout=0.3 --set 'augment=[{randomCrop: {padding: 1}}]'
        """)
      try #require(ended.status == 0, "\(ended.errors)")
      #expect(try command.weights(of: command.lastRun()) == first, "core \(core)")
    }
  }

  @Test(
    "deterministic gives the same weights whatever number of threads is asked for, at a cost it names"
  )
  func deterministic() throws {
    let command = try BuiltCommand()
    let first = try weights(command, ["--deterministic", "--threads", "1"])
    let ended = try command.hone(
      "train", "digits", "--model", "mlp", "--epochs", "2", "--seed", "4", "--set",
      "model.dropout=0.3", "--set", "augment=[{randomCrop: {padding: 1}}]", "--deterministic",
      "--threads", "3")
    #expect(ended.output.contains("ms with 3 threads"), "\(ended.output)")
    #expect(try command.weights(of: command.lastRun()) == first)
    #expect(try command.lastRun().threads == 1)
  }

  @Test("a run's first steps and epochs are verified, and a changed record is noticed")
  func verify() throws {
    let command = try BuiltCommand()
    _ = try weights(command, [])
    let run = try command.lastRun()
    let same = try command.hone("runs", "verify", "last", "--steps", "100", "--json")
    #expect(same.status == 0, "\(same.errors)")
    let report = try same.json()
    #expect((report["comparedSteps"] as? Int ?? 0) >= 20)
    #expect((report["comparedEpochs"] as? Int ?? 0) >= 1)
    var step = try #require(try command.store().evidence(run.id).steps.dropFirst(6).first)
    step.loss = step.loss.nextUp
    try command.store().append([step], to: run.id)
    let other = try command.hone("runs", "verify", "last", "--steps", "20")
    #expect(other.status == 1)
    #expect(other.output.contains("step 7 differs in loss"), "\(other.output)")
    #expect(try command.lastRun() == run)
  }

  @Test("a run records versions, the processor's instructions and the cost of checkpoints")
  func environment() throws {
    let command = try BuiltCommand()
    _ = try weights(command, [])
    let run = try command.lastRun()
    #expect(run.environment.libtorch != nil && run.environment.capability != nil)
    #expect(!run.environment.hone.isEmpty && !run.environment.processor.isEmpty)
    #expect((run.checkpoints?.count ?? 0) >= 1)
    #expect(try command.store().evidence(run.id).epochs.allSatisfy { $0.weights?.count == 16 })
  }
}
