import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("hone train --seeds, --distill and hone evaluate --ensemble, as a user runs them")
struct EnsembleCommandTests {
  private let small = ["--set", "model={name: mlp, widths: [24]}", "--set", "data.test=0.4"]

  private func metric(_ json: [String: Any]) throws -> Double {
    try #require(json["metric"] as? Double)
  }

  @Test("seeds are trained on one split and answer together; a student learns from them")
  func seeds() throws {
    let command = try BuiltCommand()
    let ended = try command.hone(
      ["train", "digits", "--seeds", "3", "--seed", "5", "--epochs", "4", "--json"] + small)
    #expect(ended.status == 0, "\(ended.errors)")
    let json = try ended.json()
    let seeds = try #require(json["seeds"] as? [[String: Any]])
    #expect(seeds.compactMap { $0["seed"] as? Int } == [5, 6, 7])
    let series = try #require(json["ensemble"] as? String)
    let evaluation = try #require(json["evaluation"] as? [String: Any])
    let tests = seeds.compactMap { ($0["test"] as? [String: Any])?["metric"] as? Double }
    #expect(try metric(evaluation) >= tests.reduce(0, +) / 3)
    let ensemble = try #require(evaluation["ensemble"] as? [String: Any])
    #expect((ensemble["members"] as? [Any])?.count == 3)
    #expect(ensemble["temperature"] as? Double != nil)
    let first = try #require(seeds.first?["run"] as? String)
    // The series by its id, weighted.
    let weighted = try command.hone(
      "evaluate", first, "--ensemble", series, "--weights", "greedy", "--json")
    #expect(weighted.status == 0, "\(weighted.errors)")
    let members =
      (try weighted.json()["ensemble"] as? [String: Any])?["members"] as? [[String: Any]]
    let weights = try #require(members).compactMap { $0["weight"] as? Double }
    #expect(weights.count == 3 && abs(weights.reduce(0, +) - 1) < 1e-9)
    let student = try command.hone(
      [
        "train", "digits", "--distill", series, "--distill-temperature", "3", "--distill-mixing",
        "0.8",
      ]
        + ["--epochs", "3", "--set", "data.splitSeed=5", "--json"] + small)
    #expect(student.status == 0, "\(student.errors)")
    let run = try command.lastRun()
    #expect(run.configuration.contains(first))
    // Another split: what one was trained on would judge the other.
    let other = try command.hone(
      ["train", "digits", "--distill", first, "--epochs", "1"] + small)
    #expect(other.status == 78)
    #expect(other.errors.contains("data.splitSeed"))
  }

  @Test("members that were trained on the samples to judge by are refused")
  func overlap() throws {
    let command = try BuiltCommand()
    _ = try command.hone(["train", "digits", "--epochs", "1", "--name", "one"] + small)
    _ = try command.hone(
      ["train", "digits", "--epochs", "1", "--name", "two", "--seed", "8"] + small)
    let ended = try command.hone("evaluate", "one", "--ensemble", "two")
    #expect(ended.status == 65)
    #expect(ended.errors.contains("--seeds"))
  }

  @Test("snapshots at the ends of cycles are kept and answer together; one epoch answers alone")
  func snapshots() throws {
    let command = try BuiltCommand()
    let ended = try command.hone(
      ["train", "digits", "--epochs", "6", "--set", "schedule={kind: warmRestarts, period: 2}"]
        + ["--set", "training.keep.cycleEnds=true"] + small)
    #expect(ended.status == 0, "\(ended.errors)")
    let run = try command.lastRun()
    #expect(
      try command.files(of: run) == [
        "model.safetensors", "epoch-0002.safetensors", "epoch-0004.safetensors",
        "epoch-0006.safetensors",
      ])
    let all = try command.hone("evaluate", "last@all", "--json")
    #expect(all.status == 0, "\(all.errors)")
    let members = (try all.json()["ensemble"] as? [String: Any])?["members"] as? [[String: Any]]
    #expect(members?.compactMap { $0["epoch"] as? Int } == [2, 4, 6])
    #expect(try command.hone("evaluate", "last@4", "--json").json()["epoch"] as? Int == 4)
    let missing = try command.hone("evaluate", "last@3")
    #expect(missing.status == 64)
    #expect(missing.errors.contains("2, 4, 6"))
  }

  @Test("one run can be calibrated, and looked at from several sides")
  func alone() throws {
    let command = try BuiltCommand()
    _ = try command.hone(["train", "digits", "--epochs", "3"] + small)
    let plain = try command.hone("evaluate", "last", "--json").json()
    let calibrated = try command.hone("evaluate", "last", "--calibrate", "--json").json()
    #expect(try metric(calibrated) == metric(plain))
    let views = try command.hone("evaluate", "last", "--tta", "shifts:1", "--json")
    #expect(views.status == 0, "\(views.errors)")
    #expect(try views.json()["loss"] as? Double != plain["loss"] as? Double)
    #expect(try command.hone("evaluate", "last", "--tta", "mirror").status == 64)
  }

  @Test(
    "a budget of time ends a run in order; a misspelled monitor is refused with the nearest name")
  func policies() throws {
    let command = try BuiltCommand()
    let ended = try command.hone(
      ["train", "digits", "--epochs", "100000", "--budget", "2s", "--json"]
        + ["--set", "training.log.csv=log.csv"] + small)
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(try ended.json()["status"] as? String == "stoppedEarly")
    let log = try String(contentsOf: command.folder.appending(path: "log.csv"), encoding: .utf8)
    let epochs = try #require(try ended.json()["epochs"] as? Int)
    #expect(log.split(separator: "\n").count == epochs + 1)
    let wrong = try command.hone(
      "train", "digits", "--set", "training.earlyStopping={monitor: acuracy}")
    #expect(wrong.status == 78)
    #expect(wrong.errors.contains("accuracy"))
    let unmeasured = try command.hone(
      "train", "digits", "--set", "training.earlyStopping={monitor: f1Macro}")
    #expect(unmeasured.status == 78)
    #expect(unmeasured.errors.contains("training.metric: f1Macro"))
  }

  @Test("a batch size found by memory is in the run's record")
  func batchSize() throws {
    let command = try BuiltCommand()
    let ended = try command.hone(
      ["train", "digits", "--epochs", "1", "--set", "data.batchSize=auto"]
        + ["--set", "training.activationCheckpointing=true"] + small)
    #expect(ended.status == 0, "\(ended.errors)")
    let run = try command.lastRun()
    #expect(run.configuration.contains("\"batchSize\":32"))
  }
}
