import Foundation
import HoneCommands
import HoneConfiguration
import HoneRecords
import Testing

@Suite("Verbs of the engine") struct TensorVerbsTests {
  @Test("train prints one JSON object and progress beside it") func trainJSON() async throws {
    let engine = FakeEngine()
    let run = await World(engine: engine).run("train", "digits", "--json", "--seed", "3")
    #expect(run.status == 0)
    let json = try run.json()
    #expect(json["run"] as? String == "20261121-084512-aaaa")
    #expect(json["status"] as? String == "completed")
    #expect((json["best"] as? [String: Any])?["validationMetric"] as? Double == 0.75)
    #expect((json["test"] as? [String: Any])?["loss"] as? Double == 0.7)
    #expect(json["findings"] as? [String] == [])
    #expect(json["outcome"] is NSNull)
    #expect(run.errors.contains("epoch 2"))
  }

  @Test("flags and --set go over the file and are checked with it") func flags() async throws {
    let engine = FakeEngine()
    let run = await World(engine: engine).run(
      "train", "digits", "--model", "mlp", "--epochs", "3", "--learning-rate", "0.5",
      "--optimizer", "sgd", "--batch-size", "32", "--set", "model.widths=[8]", "--set",
      "training.epochs=4", "--tag", "a", "--tag", "b", "--name", "n")
    #expect(run.status == 0)
    let request = try #require(engine.trainRequests.first)
    #expect(request.data == "digits")
    #expect(request.tags == ["a", "b"])
    #expect(request.configuration.model.architecture == .mlp(widths: [8]))
    #expect(request.configuration.training.epochs == 4)
    #expect(request.configuration.optimizer.method == .sgd(learningRate: 0.5))
    #expect(request.configuration.data.source == "digits")
    #expect(request.configuration.data.batchSize == 32)
  }

  @Test("folds train one run each and report mean and interval") func folds() async throws {
    let engine = FakeEngine()
    let run = await World(engine: engine).run(
      "train", "digits", "--folds", "3", "--rounds", "2", "--json")
    #expect(run.status == 0)
    let json = try run.json()
    #expect(json["mean"] as? Double == 0.75)
    #expect(json["interval"] as? [Double] == [0.75, 0.75])
    #expect((json["runs"] as? [Any])?.count == 6)
    let requests = engine.trainRequests
    #expect(requests.map(\.configuration.data.fold) == [0, 1, 2, 3, 4, 5])
    #expect(requests.allSatisfy { $0.configuration.data.folds == 3 })
    #expect(Set(requests.map(\.parent)).count == 1 && requests[0].parent != nil)
    #expect(await World(engine: engine).run("train", "digits", "--folds", "1").status == 64)
  }

  @Test("seeds train one run each on the split of the first") func seeds() async throws {
    let engine = FakeEngine()
    let run = await World(engine: engine).run(
      "train", "digits", "--seeds", "3", "--seed", "4", "--budget", "15m", "--json")
    #expect(run.status == 0)
    let requests = engine.trainRequests
    #expect(requests.map(\.configuration.training.seed) == [4, 5, 6])
    #expect(requests.allSatisfy { $0.configuration.data.splitSeed == 4 })
    #expect(requests.allSatisfy { $0.configuration.training.budget?.seconds == 900 })
    #expect((try run.json()["seeds"] as? [Any])?.count == 3)
    #expect(await World(engine: engine).run("train", "digits", "--seeds", "1").status == 64)
    #expect(
      await World(engine: engine).run("train", "digits", "--distill-mixing", "0.5").status == 64)
  }

  @Test(
    "statuses become exit codes",
    arguments: [
      (RunStatus.completed, Int32(0)), (.stoppedEarly, 0), (.diverged, 1), (.failed, 1),
      (.interrupted, 130),
    ])
  func statuses(_ status: RunStatus, _ code: Int32) async throws {
    var record = Samples.run()
    record.status = status
    record.final?.trainLoss = .nan
    let run = await World(engine: FakeEngine(record: record)).run("train", "digits", "--json")
    #expect(run.status == code)
    let final = try run.json()["final"] as? [String: Any]
    #expect(final?["trainLoss"] is NSNull)
  }

  @Test("verify says that all is the same, and names what is not with 1") func verify() async throws
  {
    let world = World(engine: FakeEngine())
    let same = await world.run("runs", "verify", "last")
    #expect(same.status == 0)
    #expect(same.output.contains("bit by bit"))
    let other = await world.run("runs", "verify", "last", "--steps", "60")
    #expect(other.status == 1)
    #expect(other.output.contains("step 51 differs in loss"))
    let report = try await world.run("runs", "verify", "last", "--json").json()
    #expect(report["comparedSteps"] as? Int == 50)
    #expect(await world.run("runs", "verify", "last", "--steps", "0").status == 64)
  }

  @Test("changes that a resumed run may have are handed on, and others are refused")
  func allowedChanges() async throws {
    let engine = FakeEngine()
    let run = await World(engine: engine).run(
      "train", "--resume", "last", "--allow-change", "data", "--allow-change", "libtorch")
    #expect(run.status == 0)
    #expect(engine.trainRequests.first?.allowedChanges == [.data, .libtorch])
    let wrong = await World(engine: engine).run(
      "train", "--resume", "last", "--allow-change", "weather")
    #expect(wrong.status == 64)
  }

  @Test("the end of the terminal ends with 129") func hungUp() async {
    var record = Samples.run()
    record.status = .interrupted
    let engine = FakeEngine(record: record, interruption: SIGHUP)
    #expect(await World(engine: engine).run("train", "digits").status == 129)
  }

  @Test("a termination ends with 143") func terminated() async {
    var record = Samples.run()
    record.status = .interrupted
    let engine = FakeEngine(record: record, interruption: SIGTERM)
    #expect(await World(engine: engine).run("train", "digits").status == 143)
  }

  @Test("a plan shows the model, the rate's picture, time and memory") func plan() async throws {
    let run = await World(engine: FakeEngine()).run("train", "digits", "--plan")
    #expect(run.status == 0)
    for text in [
      "hidden", "1,040", "0.1250", "16", "1,234,567 parameters, 100 of them frozen", "SAM(SGD)",
      "40 steps", "step 0", "step 39", "1.0e-01", "1:15", "Memory 16.0 kB",
    ] { #expect(run.output.contains(text), "\(text)") }
    #expect(run.output.unicodeScalars.contains { (0x2800...0x28FF).contains($0.value) })
    #expect(!run.output.contains("\u{1B}"))
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("a plan is one JSON object, its schedule points") func planJSON() async throws {
    let run = await World(engine: FakeEngine()).run("train", "digits", "--plan", "--json")
    let json = try run.json()
    #expect(json["steps"] as? Int == 40)
    #expect((json["schedule"] as? [[String: Any]])?.count == 40)
    let layers = try #require(json["layers"] as? [[String: Any]])
    #expect(layers[1]["flops"] is NSNull && layers[1]["outputShape"] is NSNull)
    #expect((json["memory"] as? [String: Any])?["total"] as? Int == 16384)
  }

  @Test("a plan of a run to resume is refused") func planResume() async {
    let run = await World(engine: FakeEngine()).run("train", "--resume", "last", "--plan")
    #expect(run.status == 64)
  }

  @Test("check prints gates and fails with one of them") func check() async throws {
    let run = await World(engine: FakeEngine()).run("check", "digits", "--json", "--lang", "ko")
    #expect(run.status == 1)
    let json = try run.json()
    let gate = (json["gates"] as? [[String: Any]])?.first
    #expect(gate?["id"] as? String == "initialLoss")
    #expect(gate?["message"] as? String == "너무 높습니다.")
    let data = json["data"] as? [String: Any]
    #expect(data?["samples"] as? Int == 150)
    #expect((data?["splits"] as? [String: Any])?["test"] as? Int == 30)
  }

  @Test("improve passes budget, seeds, goal and column on") func improve() async throws {
    let engine = FakeEngine()
    let run = await World(engine: engine).run(
      "improve", "digits", "--budget", "2m", "--seeds", "8", "--target", "accuracy>=0.99",
      "--target", "label", "--json")
    #expect(run.status == 0)
    let request = try #require(engine.improveRequests.first)
    #expect(request.budgetSeconds == 120)
    #expect(request.seeds == 8)
    #expect(request.goal == MetricGoal(metric: "accuracy", value: 0.99, largerIsBetter: true))
    #expect(request.configuration.data.target == "label")
    let json = try run.json()
    let experiment = (json["experiments"] as? [[String: Any]])?.first
    #expect(experiment?["decision"] as? String == "kept")
    #expect(experiment?["interval"] as? [Double] == [0.01, 0.03])
    #expect((json["baseline"] as? [String: Any])?["run"] as? String == "baseline")
  }

  @Test("improve and demo print the table of experiments") func table() async {
    let demo = await World(engine: FakeEngine()).run("demo")
    #expect(demo.output.contains("weight-decay"))
    let run = await World(engine: FakeEngine()).run("improve", "digits", "--lang", "ko")
    #expect(run.output.contains("weight-decay"))
    #expect(run.output.contains("+0.0200"))
    #expect(run.output.contains("채택"))
  }

  @Test("evaluate and lr-find write null for what is not finite") func notFinite() async throws {
    let world = World(engine: FakeEngine())
    let evaluation = try await world.run("evaluate", "last", "--json").json()
    #expect(evaluation["calibrationError"] is NSNull)
    #expect((evaluation["classes"] as? [[String: Any]])?.count == 1)
    let rates = try await world.run("lr-find", "digits", "--json").json()
    #expect(rates["suggestion"] as? Double == 0.1)
    #expect((rates["losses"] as? [Any])?.last is NSNull)
  }

  @Test("predict prints a JSON line per input") func predict() async throws {
    let folder = try TemporaryFolder()
    try folder.write("a.png", "")
    try folder.write("b.png", "")
    let world = World(folder: folder.path, engine: FakeEngine())
    let run = await world.run("predict", "last", "a.png", "b.png", "--json")
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].contains(#""class":"cat""#))
    #expect(await world.run("predict", "last", "c.png").status == 66)
  }

  @Test("augment says which epochs it shows, and prints what was drawn") func augment() async throws
  {
    let world = World(engine: FakeEngine())
    let words = [
      "augment", "digits", "--set", "augment=[horizontalFlip]", "--sample", "7", "--epoch", "3",
      "--variants", "2",
    ]
    let json = try await world.run(words + ["--json"]).json()
    #expect(json["steps"] as? [String] == ["horizontalFlip"])
    let samples = try #require(json["samples"] as? [[String: Any]])
    #expect(samples.map { $0["sample"] as? Int } == [7])
    let text = await world.run(words)
    #expect((text.output + text.errors).contains("epochs 3...4"))
    #expect(await world.run(words + ["--count", "0"]).status == 64)
  }

  @Test("features prints what it wrote, in both forms") func features() async throws {
    let world = World(engine: FakeEngine())
    let json = try await world.run("features", "digits", "-o", "f.safetensors", "--json").json()
    #expect(json["file"] as? String == "f.safetensors")
    #expect((json["arrays"] as? [String: [Int]])?["features"] == [2, 512])
    #expect(json["pretrained"] is NSNull)
    let text = await world.run("features", "digits", "-o", "f.safetensors", "--lang", "ko")
    #expect(text.errors.contains("features [2, 512]") || text.output.contains("features [2, 512]"))
  }

  @Test("features refuses two models and no samples") func featuresRefusals() async {
    let world = World(engine: FakeEngine())
    for arguments in [["--run", "last", "--pretrained", "a.pt"], ["--limit", "0"]] {
      let run = await world.run(["features", "digits", "-o", "f.safetensors"] + arguments)
      #expect(run.status == 64)
    }
  }
}
