import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("hone train, as a user runs it")
struct TrainTests {
  @Test("digits: trains, tests, stores the model and removes its checkpoints")
  func digits() throws {
    let command = try BuiltCommand()
    let ended = try command.hone("train", "digits", "--epochs", "4", "--name", "first", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    let json = try ended.json()
    #expect(json["status"] as? String == "completed")
    #expect(json["epochs"] as? Int == 4)
    let test = try #require(json["test"] as? [String: Any])
    #expect(try #require(test["metric"] as? Double) > 0.6)
    let run = try command.lastRun()
    #expect(run.id == json["run"] as? String)
    #expect(run.name == "first")
    #expect(run.test?.interval?.count == 2)
    #expect(run.test?.confusion.count == 10)
    #expect(run.command.prefix(3) == ["hone", "train", "digits"])
    #expect(try command.files(of: run) == ["model.safetensors"])
    let evidence = try command.store().evidence(run.id)
    #expect(evidence.epochs.map(\.epoch) == [1, 2, 3, 4])
    #expect(!evidence.steps.isEmpty)
  }

  @Test("prints one line for each epoch where nobody watches, and none of it beside JSON")
  func output() throws {
    let command = try BuiltCommand()
    let plain = try command.hone("train", "digits", "--epochs", "2")
    #expect(plain.output.contains("epoch 2/2"))
    #expect(!plain.output.contains("\r"))
    let json = try command.hone("train", "digits", "--epochs", "2", "--json")
    #expect(json.errors.contains("epoch 2/2"))
    #expect(json.output.first == "{")
    _ = try json.json()
  }

  @Test("the same seed gives the same weights")
  func reproducible() throws {
    let command = try BuiltCommand()
    var weights: [Weights] = []
    for _ in 0..<2 {
      _ = try command.hone("train", "digits", "--epochs", "2", "--seed", "5")
      weights.append(try command.weights(of: command.lastRun()))
    }
    #expect(weights[0] == weights[1])
    _ = try command.hone("train", "digits", "--epochs", "2", "--seed", "6")
    #expect(try command.weights(of: command.lastRun()) != weights[0])
  }

  @Test("a table of numbers and words is a regression")
  func table() throws {
    let command = try BuiltCommand()
    try command.writeTable("houses.csv")
    let ended = try command.hone(
      "train", "houses.csv", "--target", "price", "--epochs", "3", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(try ended.json()["metric"] as? String == "rootMeanSquaredError")
    #expect(try command.lastRun().task.kind == .regression)
  }

  @Test("L-BFGS on all samples learns the digits; on mini-batches the run says that it should not")
  func secondOrder() throws {
    let command = try BuiltCommand()
    let arguments = ["train", "digits", "--optimizer", "lbfgs", "--epochs", "3", "--json"]
    let whole = try command.hone(arguments + ["--set", "data.batchSize=all"])
    #expect(whole.status == 0, "\(whole.errors)")
    let test = try #require(try whole.json()["test"] as? [String: Any])
    #expect(try #require(test["metric"] as? Double) > 0.85)
    #expect(!whole.errors.contains("searches along lines"))
    let batches = try command.hone(
      arguments + ["--set", "optimizer.iterations=2", "--epochs", "1"])
    #expect(batches.errors.contains("searches along lines"))
    #expect(try command.lastRun().findings.map(\.id).contains(.optimizerUnsuitable))
  }

  @Test("a single logit with binary cross-entropy learns two classes")
  func binary() throws {
    let command = try BuiltCommand()
    try command.writeIDX("halves")
    let ended = try command.hone(
      "train", "halves", "--epochs", "8", "--batch-size", "8", "--set",
      "loss.kind=binaryCrossEntropy", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    let test = try #require(try ended.json()["test"] as? [String: Any])
    #expect(test["metric"] as? Double == 1)
    let run = try command.lastRun()
    let evaluation = try command.hone("evaluate", "last", "--json").json()
    #expect(evaluation["metric"] as? Double == run.test?.metric)
  }

  @Test("a folder of pictures of different sizes is a classifier's data")
  func pictures() throws {
    let command = try BuiltCommand()
    try command.writePictures("photos")
    let ended = try command.hone(
      "train", "photos", "--epochs", "1", "--batch-size", "4", "--model", "mlp", "--set",
      "data.imageSize=8", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(try command.lastRun().task.classes == ["grey", "warm"])
  }

  @Test("a run that diverges prints its JSON, ends with 1 and keeps no checkpoint")
  func divergence() throws {
    let command = try BuiltCommand()
    try command.writeTable("houses.csv")
    let ended = try command.hone(
      "train", "houses.csv", "--target", "price", "--epochs", "40", "--optimizer", "sgd",
      "--learning-rate", "1e6", "--json")
    #expect(ended.status == 1)
    #expect(try ended.json()["status"] as? String == "diverged")
    let run = try command.lastRun()
    #expect(run.status == .diverged)
    #expect(run.findings.map(\.id).contains(.nonFiniteLoss))
    #expect(!(try command.files(of: run)).contains("checkpoint.safetensors"))
  }
}
