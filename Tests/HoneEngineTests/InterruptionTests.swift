import Foundation
import HoneRecords
import HoneStore
import Testing

extension Tag {
  /// Tests that take seconds.
  @Tag static var slow: Self
}

@Suite("Runs that are stopped, killed and continued", .tags(.slow))
struct InterruptionTests {
  @Test("Ctrl-C ends the step, says how to resume and ends with 130; the resumed run is the same")
  func interrupt() throws {
    let command = try BuiltCommand()
    let started = try command.startLongRun(json: true)
    started.send(SIGINT)
    let ended = started.wait()
    #expect(ended.status == 130)
    #expect(try ended.json()["status"] as? String == "interrupted")
    let run = try command.lastRun()
    #expect(run.status == .interrupted)
    #expect(ended.errors.contains("hone train --resume \(run.id)"))
    let resumed = try command.resume()
    #expect(resumed.output.contains("goes on in epoch"))
    try command.expectUndisturbedResult()
  }

  @Test("a run may be interrupted twice")
  func interruptTwice() throws {
    let command = try BuiltCommand()
    let first = try command.startLongRun()
    first.send(SIGINT)
    #expect(first.wait().status == 130)
    let second = try command.start("train", "--resume", "last")
    second.wait { $0.said.contains("epoch 6/") }
    second.send(SIGINT)
    #expect(second.wait().status == 130)
    try command.resume()
    try command.expectUndisturbedResult()
  }

  @Test("SIGTERM ends as Ctrl-C does, with 143")
  func terminate() throws {
    let command = try BuiltCommand()
    let started = try command.startLongRun()
    started.send(SIGTERM)
    #expect(started.wait().status == 143)
    #expect(try command.lastRun().status == .interrupted)
  }

  @Test("a second Ctrl-C stops at once and leaves whole checkpoints")
  func interruptHard() throws {
    let command = try BuiltCommand()
    let started = try command.startLongRun()
    started.send(SIGINT)
    started.send(SIGINT)
    let ended = started.wait()
    #expect(ended.status == 130)
    try command.resume()
    try command.expectUndisturbedResult()
  }

  @Test("kill -9 at a checkpoint loses nothing: the resumed run is the same")
  func kill() throws {
    let command = try BuiltCommand()
    let started = try command.start(LongRun.arguments)
    let runs = command.folder.appending(path: ".hone/runs")
    started.wait { _ in
      let files = FileManager.default.subpaths(atPath: runs.path) ?? []
      return files.contains { $0.hasSuffix(".partial") || $0.contains("checkpoint.next") }
    }
    started.send(SIGKILL)
    #expect(started.wait().status == SIGKILL)
    #expect(try command.lastRun().status == .running)
    try command.resume()
    try command.expectUndisturbedResult()
  }

  @Test("kill -9 before the first checkpoint: the same run begins again under its own name")
  func killEarly() throws {
    let command = try BuiltCommand()
    let started = try command.startLongRun()
    started.send(SIGKILL)
    _ = started.wait()
    let run = try command.lastRun()
    for file in try command.files(of: run) {
      try FileManager.default.removeItem(at: command.folder(of: run).appending(path: file))
    }
    let resumed = try command.resume()
    #expect(resumed.output.contains("begins again"))
    #expect(try command.lastRun().id == run.id)
    try command.expectUndisturbedResult()
  }

  @Test("where the newest checkpoint is damaged the one before it is used, and that is said")
  func damagedCheckpoint() throws {
    let command = try BuiltCommand()
    let started = try command.startLongRun()
    started.send(SIGINT)
    #expect(started.wait().status == 130)
    let newest = try command.folder(of: command.lastRun())
      .appending(path: "checkpoint.safetensors")
    let bytes = try Data(contentsOf: newest)
    try bytes.prefix(bytes.count / 2).write(to: newest)
    let resumed = try command.resume()
    #expect(resumed.errors.contains("checkpoint.safetensors"))
    #expect(resumed.output.contains("before the damaged one"))
    try command.expectUndisturbedResult()
  }

  @Test("five kills at instants of chance, one after another, lose nothing")
  func killsByChance() throws {
    let command = try BuiltCommand()
    var arguments = LongRun.arguments + ["--set", "training.checkpointEvery={steps: 20}"]
    var kills = 0
    while kills < 5 {
      let started = try command.start(arguments)
      let instant = Date(timeIntervalSinceNow: .random(in: 0.2..<1.5))
      started.wait { _ in Date() > instant }
      guard started.process.isRunning else { break }
      started.send(SIGKILL)
      _ = started.wait()
      kills += 1
      if command.hasRuns() { arguments = ["train", "--resume", "last"] }
    }
    let ended = try command.hone(arguments)
    #expect(ended.status == 0 || ended.errors.contains("nothing to resume"), "\(ended.errors)")
    try command.expectUndisturbedResult()
  }

  @Test("kill -9 between the model and the run's last words: what is left beside the model goes")
  func killAtTheEnd() throws {
    let command = try BuiltCommand()
    _ = try command.hone(LongRun.arguments)
    let run = try command.lastRun()
    for name in ["checkpoint.safetensors", ".checkpoint.next.safetensors.77.partial"] {
      try command.write("left over", to: ".hone/runs/\(run.id)/\(name)")
    }
    #expect(try command.hone("train", "--resume", "last").status == 64)
    try command.expectUndisturbedResult()
  }

  @Test("the end of the terminal ends the run as Ctrl-C does, with 129")
  func hangUp() throws {
    let command = try BuiltCommand()
    let started = try command.startLongRun()
    started.send(SIGHUP)
    #expect(started.wait().status == 129)
    #expect(try command.lastRun().status == .interrupted)
    try command.resume()
    try command.expectUndisturbedResult()
  }

  @Test("a reader that goes away ends nothing")
  func closedPipe() throws {
    let command = try BuiltCommand()
    let words = LongRun.arguments.map { "'\($0)'" }.joined(separator: " ")
    let ended = try command.script("$hone \(words) | head -n 1; true")
    #expect(ended.output.split(separator: "\n").count == 1, "\(ended.output)")
    try command.expectUndisturbedResult()
  }

  @Test("a run that another process trains is not resumed beside it")
  func busy() throws {
    let command = try BuiltCommand()
    let started = try command.startLongRun()
    let second = try command.hone("train", "--resume", "last")
    #expect(second.status == 75)
    #expect(second.errors.contains("another process"))
    started.send(SIGKILL)
    _ = started.wait()
  }

  @Test(
    "a disk that fills up during training ends it with 74; the checkpoint before is intact",
    .enabled(if: Namespace.isAvailable, "this machine lets users mount no disks of their own"))
  func fullDisk() throws {
    let command = try BuiltCommand()
    let words = LongRun.arguments.map { "'\($0)'" }.joined(separator: " ")
    // The disk is filled once the first checkpoint is there; then it is made larger again.
    let ended = try command.script(
      """
      mkdir disk && mount -t tmpfs -o size=3m tmpfs disk && cd disk
      $hone \(words) & job=$!
      while kill -0 $job && [ ! -e .hone/runs/*/checkpoint.safetensors ]; do sleep 0.01; done
      free=$(df --output=avail . | tail -1)
      head -c "$(( (free - 200) * 1024 ))" /dev/zero > ballast
      wait $job
      echo "status $?"
      ls .hone/runs/*
      mount -o remount,size=20m .
      $hone runs list --json
      $hone train --resume last; echo "status $?"
      cp -r .hone ../.hone
      """, prefix: Namespace.prefix)
    #expect(ended.output.contains("status 74"), "\(ended.output) \(ended.errors)")
    #expect(ended.errors.contains("No space left") || ended.errors.contains("is full"))
    #expect(ended.output.contains("checkpoint.safetensors"))
    #expect(!ended.output.contains(".partial"))
    // A full disk may have no room left for the word either.
    #expect(ended.output.contains("\"failed\"") || ended.output.contains("\"running\""))
    #expect(ended.output.contains("status 0"))
    try command.expectUndisturbedResult()
  }
}

@Suite("Runs that cannot be continued")
struct RefusedResumptionTests {
  /// A run that was interrupted, as far as the store knows.
  private func interrupted(_ change: (inout RunRecord) -> Void = { _ in }) throws -> BuiltCommand {
    let command = try BuiltCommand()
    try command.writeTable("houses.csv")
    _ = try command.hone("train", "houses.csv", "--target", "price", "--epochs", "2")
    var run = try command.lastRun()
    run.status = .interrupted
    change(&run)
    try command.store().save(run)
    return command
  }

  @Test("a completed run has nothing to resume")
  func completed() throws {
    let ended = try interrupted { $0.status = .completed }.hone("train", "--resume", "last")
    #expect(ended.status == 64)
    #expect(ended.errors.contains("nothing to resume"))
  }

  @Test("changed data are named")
  func data() throws {
    let command = try interrupted()
    try command.writeTable("houses.csv", rows: 81)
    let ended = try command.hone("train", "--resume", "last")
    #expect(ended.status == 65)
    #expect(ended.errors.contains("houses.csv changed"))
  }

  @Test("another libtorch is named")
  func libtorch() throws {
    let command = try interrupted { $0.environment.libtorch = "1.0.0" }
    let ended = try command.hone("train", "--resume", "last")
    #expect(ended.status == 69)
    #expect(ended.errors.contains("libtorch 1.0.0"))
  }

  @Test("a changed setting is named; the run's own settings may be repeated")
  func configuration() throws {
    let command = try interrupted()
    let changed = try command.hone("train", "--resume", "last", "--learning-rate", "0.5")
    #expect(changed.status == 78)
    #expect(changed.errors.contains("optimizer.learningRate"))
    let same = try command.hone(
      "train", "houses.csv", "--target", "price", "--epochs", "2", "--resume", "last")
    #expect(same.status == 0, "\(same.errors)")
  }

  @Test("what changed may be allowed by name, and the run remembers it")
  func allowed() throws {
    let command = try interrupted {
      $0.environment.libtorch = "1.0.0"
      $0.environment.capability = "NONE"
    }
    let half = try command.hone("train", "--resume", "last", "--allow-change", "libtorch")
    #expect(half.status == 69)
    #expect(half.errors.contains("--allow-change processor"))
    try command.writeTable("houses.csv", rows: 81)
    let ended = try command.hone(
      "train", "--resume", "last", "--allow-change", "libtorch", "--allow-change", "processor",
      "--allow-change", "data", "--allow-change", "configuration", "--epochs", "3")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.errors.contains("training.epochs: 2, you ask for 3"))
    let run = try command.lastRun()
    #expect(run.epochs == 3)
    #expect(run.changes?.count == 4, "\(run.changes ?? [])")
    #expect(run.environment.libtorch != "1.0.0")
  }

  @Test("a run that does not exist, and a store that does not, are named")
  func missing() throws {
    let command = try interrupted()
    let unknown = try command.hone("train", "--resume", "nothing")
    #expect(unknown.status == 66)
    let nowhere = try command.hone("train", "--resume", "last", "--store", "other/hone.sqlite")
    #expect(nowhere.status == 66)
    #expect(nowhere.errors.contains("no store"))
  }
}
