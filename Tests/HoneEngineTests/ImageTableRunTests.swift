import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("A table that names pictures")
struct ImageTableRunTests {
  private func write(_ command: BuiltCommand) throws {
    try command.writePictures("photos", perClass: 12)
    var text = "file,age,label\n"
    for (label, endings) in [("warm", ["jpg", "png"]), ("grey", ["jpg", "png"])] {
      for index in 0..<12 {
        text += "photos/\(label)/\(index).\(endings[index % 2]),\(20 + index),\(label)\n"
      }
    }
    try command.write(text, to: "labels.csv")
  }

  private let small = [
    "--epochs", "2", "--batch-size", "4", "--model", "mlp", "--set", "data.imageSize=8",
  ]

  @Test("trains a classifier of pictures, letterboxed, which predicts on tables and on pictures")
  func classifies() throws {
    let command = try BuiltCommand()
    try write(command)
    let ended = try command.hone(
      [
        "train", "labels.csv", "--target", "label", "--set", "data.imageFit=letterbox", "--set",
        "augment=[{forClasses: {classes: [grey], steps: [horizontalFlip]}}]",
      ] + small)
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(ended.output.contains("'age' left out"))
    let run = try command.lastRun()
    #expect(run.task.input == .image && run.task.classes == ["grey", "warm"])
    let table = try command.hone("predict", "last", "labels.csv", "--json")
    #expect(table.status == 0, "\(table.errors)")
    #expect(table.output.split(separator: "\n").count == 24)
    let pictures = try command.hone("predict", "last", "photos", "--json")
    #expect(pictures.output.split(separator: "\n").count == 24)
    let evaluation = try command.hone("evaluate", "last", "--json")
    #expect(try evaluation.json()["metric"] as? Double == run.test?.metric)
  }

  @Test("trains a regression of pictures")
  func regression() throws {
    let command = try BuiltCommand()
    try write(command)
    let ended = try command.hone(
      [
        "train", "labels.csv", "--target", "age", "--set",
        "data.columns={age: number, label: ignore}",
      ]
        + small)
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(try command.lastRun().task.kind == .regression)
  }

  @Test("photos are read as grey and arrays in colour where that is asked for; tables refuse it")
  func grey() throws {
    let command = try BuiltCommand()
    try write(command)
    let ended = try command.hone(
      ["train", "photos", "--set", "data.imageChannels=1"] + small)
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(try command.lastRun().task.sampleShape == [1, 8, 8])
    let colored = try command.hone(
      "train", "digits", "--epochs", "1", "--set", "data.imageChannels=3", "--set",
      "data.imageSize=12")
    #expect(colored.status == 0, "\(colored.errors)")
    #expect(try command.lastRun().task.sampleShape == [3, 12, 12])
    let rows = (0..<60).map { "\($0),\($0 % 7),\($0 % 2)" }.joined(separator: "\n")
    try command.write("a,b,label\n\(rows)\n", to: "numbers.csv")
    let refused = try command.hone(
      "train", "numbers.csv", "--target", "label", "--set", "data.imageChannels=3")
    #expect(refused.status != 0 && refused.errors.contains("data.imageChannels"))
  }

  @Test("whitening from the command line is kept with the model")
  func whitened() throws {
    let command = try BuiltCommand()
    try write(command)
    let ended = try command.hone(
      ["train", "labels.csv", "--target", "label", "--set", "data.whiten={kind: zca}"] + small)
    #expect(ended.status == 0, "\(ended.errors)")
    let run = try command.lastRun()
    let evaluation = try command.hone("evaluate", "last", "--json").json()
    #expect(evaluation["metric"] as? Double == run.test?.metric)
  }
}
