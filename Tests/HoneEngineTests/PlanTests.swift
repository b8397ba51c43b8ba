import Foundation
import Testing

@Suite("hone train --plan")
struct PlanTests {
  @Test("shows what a run would be and stores nothing")
  func plan() throws {
    let command = try BuiltCommand()
    let ended = try command.hone(
      "train", "digits", "--model", "mlp", "--epochs", "6", "--set", "schedule={halveEvery: 2}",
      "--plan", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    let json = try ended.json()
    let rates = try #require(json["schedule"] as? [[String: Any]])
    #expect(rates.first?["learningRate"] as? Double == 1e-3)
    #expect(rates.last?["learningRate"] as? Double == 2.5e-4)
    #expect(((json["layers"] as? [[String: Any]])?.count ?? 0) >= 3)
    #expect(!FileManager.default.fileExists(atPath: command.folder.appending(path: ".hone").path))
  }
}
