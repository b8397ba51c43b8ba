import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("Training on classes of unequal size")
struct ImbalanceRunTests {
  /// Two overlapping classes of numbers, one in ten rare, with a column of names.
  private func writeRare(_ command: BuiltCommand, rows: Int = 400) throws {
    var text = "a,b,c,kind\n"
    for row in 0..<rows {
      let isRare = row % 10 == 0
      let noise = Double((row * 37) % 101) / 50 - 1
      let other = Double((row * 53) % 97) / 48 - 1
      let a = (isRare ? 1.2 : 0) + noise
      text += "\(a),\(other),\(row % 3 == 0 ? "u" : "v"),\(isRare ? "rare" : "usual")\n"
    }
    try command.write(text, to: "rare.csv")
  }

  private func train(_ command: BuiltCommand, _ settings: String...) throws -> RunRecord {
    let ended = try command.hone(
      [
        "train", "rare.csv", "--target", "kind", "--epochs", "8", "--batch-size", "20", "--seed",
        "1",
      ]
        + settings.flatMap { ["--set", $0] })
    #expect(ended.status == 0, "\(ended.errors)")
    return try command.lastRun()
  }

  /// The share of all rows that a run calls rare, and the mean probability it gives that class.
  private func answers(_ command: BuiltCommand) throws -> (share: Double, mean: Double) {
    let ended = try command.hone("predict", "last", "rare.csv", "--top", "2", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    var (rare, sum, count) = (0.0, 0.0, 0.0)
    for line in ended.output.split(separator: "\n") {
      let json = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      if json?["class"] as? String == "rare" { rare += 1 }
      for candidate in json?["top"] as? [[String: Any]] ?? [] {
        if candidate["class"] as? String == "rare" {
          sum += candidate["probability"] as? Double ?? 0
        }
      }
      count += 1
    }
    try #require(count == 400)
    return (rare / count, sum / count)
  }

  @Test(
    "every answer to unequal classes finds more of the rare one than none does",
    arguments: [
      "classWeights", "effectiveNumbers", "oversample", "weightedSampler", "undersample", "smote",
    ])
  func balances(balance: String) throws {
    let command = try BuiltCommand()
    try writeRare(command)
    _ = try train(command)
    let plain = try answers(command)
    let run = try train(command, "data.balance=\(balance)")
    #expect(run.configuration.contains(balance))
    #expect(run.task.classCounts.reduce(0, +) == run.task.trainSamples)
    let balanced = try answers(command)
    #expect(balanced.mean > plain.mean)
    #expect(balanced.share >= plain.share)
  }

  @Test("smote is refused for pictures, in words")
  func smoteNeedsTables() throws {
    let command = try BuiltCommand()
    try command.writeIDX("halves")
    let ended = try command.hone("train", "halves", "--set", "data.balance=smote")
    #expect(ended.status != 0)
    #expect(ended.errors.contains("smote"))
    #expect(ended.errors.contains("oversample"))
  }

  @Test("prior correction brings balanced probabilities back to the frequencies of the data")
  func priorCorrection() throws {
    let command = try BuiltCommand()
    try writeRare(command)
    _ = try train(command, "data.balance=oversample")
    let balanced = try answers(command)
    _ = try train(command, "data.balance=oversample", "training.decision=priorCorrection")
    let corrected = try answers(command)
    #expect(abs(corrected.mean - 0.1) < abs(balanced.mean - 0.1))
    #expect(abs(corrected.mean - 0.1) < 0.06)
  }

  @Test("a threshold chosen on validation finds more of the rare class, and is kept with the model")
  func threshold() throws {
    let command = try BuiltCommand()
    try writeRare(command)
    _ = try train(command)
    let plain = try answers(command)
    let run = try train(command, "training.decision=balancedAccuracy")
    let moved = try answers(command)
    #expect(moved.share > plain.share)
    // The stored model decides as the run's own test did.
    let evaluation = try command.hone("evaluate", "last", "--json").json()
    #expect(evaluation["metric"] as? Double == run.test?.metric)
  }

  @Test("focal loss trains from the command line")
  func focal() throws {
    let command = try BuiltCommand()
    try writeRare(command)
    let run = try train(command, "loss={kind: focal, gamma: 2}")
    #expect(run.configuration.contains("focal"))
  }
}
