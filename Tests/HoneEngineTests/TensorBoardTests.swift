import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("Runs written for TensorBoard", .tags(.slow))
struct TensorBoardTests {
  /// What the event files of a run hold, in the order in which they were made.
  private func files(of run: RunRecord.ID, _ command: BuiltCommand) throws -> [EventFileContents] {
    let folder = command.folder.appending(path: "logs/\(run)").path
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      .map { try EventFileReader.read(path: "\(folder)/\($0)") }
  }

  private func steps(_ tag: String, _ files: [EventFileContents]) -> [Int] {
    files.flatMap(\.scalars).filter { $0.name == tag }.flatMap(\.points).map(\.step)
  }

  @Test("numbers, settings, histograms and the first batch are written; the run lists its files")
  func writes() throws {
    let command = try BuiltCommand()
    let ended = try command.hone(
      "train", "digits", "--model", "mlp", "--epochs", "3", "--tensorboard", "logs", "--set",
      "training.log.csv=log-{run}.csv", "--set", "training.keep.last=1", "--threads", "1")
    #expect(ended.status == 0, "\(ended.errors)")
    let run = try command.lastRun()
    let found = try files(of: run.id, command)
    let file = try #require(found.first)
    #expect(found.count == 1)
    #expect(file.damagedBytes == 0)
    let evidence = try command.store().evidence(run.id)
    #expect(steps("epoch/validationLoss", found) == [1, 2, 3])
    #expect(steps("step/loss", found) == evidence.steps.map(\.step))
    #expect(steps("test/metric", found) == [run.best?.epoch].compactMap { $0 })
    #expect(file.texts["configuration"]?.contains("learningRate") == true)
    #expect(file.others.contains("data/firstBatch"))
    let weights = file.others.filter { $0.hasPrefix("weights/") }
    #expect(weights.count >= 4)
    #expect(
      file.others.filter { $0.hasPrefix("gradients/") }.map { $0.dropFirst(10) }
        == weights.map { $0.dropFirst(8) })

    let artifacts = try command.store().artifacts(of: run.id)
    #expect(Set(artifacts.map(\.kind)) == ["model", "log", "events"])
    #expect(artifacts.contains { $0.path.hasSuffix("/model.safetensors") && $0.digest != nil })
    #expect(artifacts.contains { $0.path.hasSuffix("epoch-0003.safetensors") })
    #expect(artifacts.contains { $0.path.hasSuffix("\(run.id).csv") && $0.bytes > 0 })
    let shown = try command.hone("runs", "show", "last").output
    #expect(artifacts.allSatisfy { shown.contains($0.path) })
    let json = try command.hone("runs", "show", "last", "--json").json()
    #expect((json["artifacts"] as? [Any])?.count == artifacts.count)
  }

  @Test("a run that is killed and resumed has each step once, in two files")
  func resumes() throws {
    let command = try BuiltCommand()
    let started = try command.start(LongRun.arguments + ["--tensorboard", "logs"])
    started.wait { $0.said.contains("epoch 3/") }
    started.send(SIGKILL)
    _ = started.wait()
    try command.resume()
    let run = try command.lastRun()
    let found = try files(of: run.id, command)
    #expect(found.count == 2)
    #expect(steps("epoch/trainLoss", found) == Array(1...12))
    let evidence = try command.store().evidence(run.id)
    #expect(steps("step/loss", found).sorted() == evidence.steps.map(\.step))
  }
}
