import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("Classes of folders")
struct ClassMapTests {
  private let settings = [
    "--epochs", "1", "--batch-size", "4", "--model", "mlp", "--set", "data.imageSize=8",
  ]

  @Test("a class that only validation has is an error that names it")
  func unknownClass() throws {
    let command = try BuiltCommand()
    try command.writePictures("photos/train")
    try command.writePictures("photos/val", perClass: 2)
    try command.write(command.fixture("color.png"), to: "photos/val/strange/1.png")
    let ended = try command.hone(["train", "photos"] + settings)
    #expect(ended.status == 65)
    #expect(ended.errors.contains("'strange'"))
    #expect(!command.hasRuns())
  }

  @Test("hidden folders and files are no classes, and the map of classes is kept with the model")
  func hiddenAndKept() throws {
    let command = try BuiltCommand()
    try command.writePictures("photos")
    try command.write(command.fixture("color.png"), to: "photos/.thumbnails/1.png")
    try command.write(command.fixture("truncated.png"), to: "photos/warm/.cache.png")
    let ended = try command.hone(["train", "photos"] + settings)
    #expect(ended.status == 0, "\(ended.errors)")
    #expect(try command.lastRun().task.classes == ["grey", "warm"])
    // Data with one of the classes alone keep its number.
    for index in 0..<3 {
      try command.write(command.fixture("color.png"), to: "only/warm/\(index).png")
    }
    let evaluated = try command.hone("evaluate", "last", "--data", "only", "--json")
    #expect(evaluated.status == 0, "\(evaluated.errors)")
    let classes = try #require(try evaluated.json()["classes"] as? [[String: Any]])
    #expect(classes.count == 2)
    let predicted = try command.hone("predict", "last", "only/warm/0.png", "--json")
    let answer = try #require(try predicted.json()["class"] as? String)
    #expect(["grey", "warm"].contains(answer))
    // A class that the model does not know is named.
    try command.write(command.fixture("grey.png"), to: "only/strange/1.png")
    let refused = try command.hone("evaluate", "last", "--data", "only")
    #expect(refused.status == 65 && refused.errors.contains("'strange'"))
  }
}
