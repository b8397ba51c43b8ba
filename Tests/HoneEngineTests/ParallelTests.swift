import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("Runs that several processes train", .tags(.slow))
struct ParallelTests {
  /// Batches of 50 of 1,294 samples; the last one has 44.
  static let run = [
    "train", "digits", "--model", "mlp", "--set", "model.normalization=batchNorm", "--batch-size",
    "50",
    "--epochs", "3", "--seed", "3", "--threads", "1", "--optimizer", "sgd", "--learning-rate",
    "0.05",
  ]

  /// Whether two runs have taken the same course but for rounding.
  static func expectSameCourse(_ first: RunRecord, _ second: RunRecord) throws {
    let (one, other) = (try #require(first.final), try #require(second.final))
    // Some 75 steps of float32 whose sums are taken in another order.
    #expect(abs(one.trainLoss - other.trainLoss) < 1e-3 * other.trainLoss)
    let (own, expected) = (try #require(one.validationLoss), try #require(other.validationLoss))
    #expect(abs(own - expected) < 1e-3 * expected)
    #expect(one.step == other.step)
    #expect(first.status == second.status)
  }

  static func alone() throws -> RunRecord {
    let command = try BuiltCommand()
    let ended = try command.hone(run)
    #expect(ended.status == 0, "\(ended.errors)")
    return try command.lastRun()
  }

  @Test("two processes take the course of one; one run is stored, one summary is printed")
  func equalsOneProcess() throws {
    let command = try BuiltCommand()
    let ended = try command.hone(Self.run + ["--processes", "2", "--json"])
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(try ended.json()["status"] as? String == "completed")
    let run = try command.lastRun()
    #expect(run.processes == 2)
    #expect(try command.store().runs(matching: RunFilter()).count == 1)
    #expect(run.test != nil)
    try Self.expectSameCourse(run, Self.alone())
    let files = try command.files(of: run)
    #expect(files.contains("model.safetensors"))
    #expect(!files.contains { $0.contains("checkpoint") || $0.contains("partial") })
  }

  /// A launcher's processes by rank.
  private func processes(of started: Started) -> [Int: Int32] {
    let folder = "/proc"
    var found: [Int: Int32] = [:]
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      guard let number = Int32(name),
        let status = try? String(contentsOfFile: "\(folder)/\(name)/status", encoding: .utf8),
        status.contains("PPid:\t\(started.process.processIdentifier)\n"),
        let variables = FileManager.default.contents(atPath: "\(folder)/\(name)/environ"),
        let rank = String(decoding: variables, as: UTF8.self).split(separator: "\0")
          .first(where: { $0.hasPrefix("RANK=") })?.dropFirst(5)
      else { continue }
      found[Int(rank) ?? -1] = number
    }
    return found
  }

  @Test(
    "kill -9 of one process ends all within seconds, by name; the run goes on in other numbers",
    arguments: [0, 1])
  func lost(rank: Int) throws {
    let command = try BuiltCommand()
    let long = LongRun.arguments + ["--processes", "2"]
    let started = try command.start(long)
    started.wait { $0.said.contains("epoch 3/") }
    let victim = try #require(processes(of: started)[rank])
    let begun = Date()
    kill(victim, SIGKILL)
    let ended = started.wait()
    #expect(Date().timeIntervalSince(begun) < 30)
    #expect(ended.status == 75, "\(ended.errors)")
    #expect(ended.errors.contains("rank \(rank) of 2 (process \(victim)) was ended by signal 9"))
    #expect(ended.errors.contains("rank \(rank) of 2 was lost"))
    #expect(try [.failed, .running].contains(command.lastRun().status))
    // Three processes go on, are interrupted, and one brings the run to its end.
    let three = try command.start("train", "--resume", "last", "--processes", "3")
    three.wait { $0.said.contains("epoch 6/") }
    three.send(SIGINT)
    let interrupted = three.wait()
    #expect(interrupted.status == 130, "\(interrupted.errors)")
    // On a machine so busy that no checkpoint was affordable before the kill, from the beginning.
    let isAnew = interrupted.output.contains("has no whole checkpoint; it begins again")
    #expect(interrupted.output.contains("goes on in epoch") || isAnew)
    let last = try command.hone("train", "--resume", "last")
    #expect(last.status == 0, "\(last.errors)")
    let run = try command.lastRun()
    #expect(run.status == .completed || run.status == .stoppedEarly)
    #expect(run.epochs == 12)
  }

  @Test("SIGTERM ends all with 143 after a checkpoint")
  func terminate() throws {
    let command = try BuiltCommand()
    let started = try command.start(LongRun.arguments + ["--processes", "2"])
    started.wait { $0.said.contains("epoch 2/") }
    started.send(SIGTERM)
    #expect(started.wait().status == 143)
    let run = try command.lastRun()
    #expect(run.status == .interrupted)
    #expect(try command.files(of: run).contains("checkpoint.safetensors"))
  }

  @Test("when the launcher is killed its processes end by themselves")
  func launcherLost() throws {
    let command = try BuiltCommand()
    let started = try command.start(LongRun.arguments + ["--processes", "2"])
    started.wait { $0.said.contains("epoch 2/") }
    let children = processes(of: started).values
    #expect(children.count == 2)
    started.send(SIGKILL)
    _ = started.wait()
    let limit = Date(timeIntervalSinceNow: 30)
    // Signal 0 asks whether a process is there.
    while children.contains(where: { kill($0, 0) == 0 }), Date() < limit { usleep(20_000) }
    #expect(!children.contains { kill($0, 0) == 0 })
    #expect(try command.lastRun().status == .interrupted)
  }

  @Test("processes that a launcher such as torchrun has started find each other")
  func environment() throws {
    let command = try BuiltCommand()
    let words = Self.run.joined(separator: " ")
    let ended = try command.script(
      """
      export WORLD_SIZE=2 LOCAL_WORLD_SIZE=2 MASTER_ADDR=127.0.0.1 MASTER_PORT=29771
      RANK=1 LOCAL_RANK=1 $hone \(words) & other=$!
      RANK=0 LOCAL_RANK=0 $hone \(words); echo "status $?"
      wait $other; echo "status $?"
      """)
    #expect(ended.output.components(separatedBy: "status 0").count == 3, "\(ended.errors)")
    // One process speaks: when the run begins and when it ends.
    #expect(ended.output.components(separatedBy: "Run ").count == 3, "\(ended.output)")
    try Self.expectSameCourse(command.lastRun(), Self.alone())
  }

  @Test("processes with different settings refuse each other")
  func differing() throws {
    let command = try BuiltCommand()
    let words = Self.run.joined(separator: " ")
    let ended = try command.script(
      """
      export WORLD_SIZE=2 LOCAL_WORLD_SIZE=2 MASTER_ADDR=127.0.0.1 MASTER_PORT=29772
      RANK=1 LOCAL_RANK=1 $hone \(words) --learning-rate 0.5 & other=$!
      RANK=0 LOCAL_RANK=0 $hone \(words); echo "first $?"
      wait $other; echo "second $?"
      """)
    #expect(ended.output.contains("first 75"), "\(ended.output) \(ended.errors)")
    #expect(ended.output.contains("second 78"))
    #expect(ended.errors.contains("rank 1 does not have the same configuration as rank 0"))
  }

  @Test(
    "two machines with addresses of their own train together",
    .enabled(if: Namespace.hasNetworks, "this machine lets users make no networks of their own"))
  func namespaces() throws {
    let command = try BuiltCommand()
    let words = Self.run.joined(separator: " ")
    let ended = try command.script(
      """
      \(Namespace.twoMachines)
      export WORLD_SIZE=2 LOCAL_WORLD_SIZE=1 LOCAL_RANK=0 MASTER_ADDR=10.77.0.1 MASTER_PORT=29500
      RANK=1 nsenter -t $other -n $hone \(words) & second=$!
      RANK=0 $hone \(words); echo "status $?"
      wait $second; echo "status $?"
      kill $other
      """, prefix: Namespace.network)
    #expect(
      ended.output.components(separatedBy: "status 0").count == 3,
      "\(ended.output) \(ended.errors)")
    let run = try command.lastRun()
    #expect(run.processes == 2)
    try Self.expectSameCourse(run, Self.alone())
  }

  @Test("numbers of processes that make no sense are refused")
  func usage() throws {
    let command = try BuiltCommand()
    #expect(try command.hone("train", "digits", "--processes", "0").status == 64)
    let folds = try command.hone("train", "digits", "--processes", "2", "--folds", "3")
    #expect(folds.status == 64)
    let ended = try command.hone(
      "train", "digits", "--processes", "2", "--optimizer", "lbfgs", "--epochs", "1")
    #expect(ended.status == 78, "\(ended.errors)")
    #expect(ended.errors.contains("several processes"))
  }
}
