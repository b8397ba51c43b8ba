import Foundation
import HoneRecords
import HoneStore
import HoneText
import Testing

@Suite("Recipes in a store")
struct DatabaseRecipeStoreTests {
  private func recipe(_ name: String, at seconds: Double) -> RecipeRecord {
    RecipeRecord(
      name: name, created: Date(timeIntervalSince1970: seconds), dataSource: "digits",
      dataFingerprint: "f", configuration: "{}", search: "learningRate auto none",
      plan: RecipePlan(), command: ["hone", "recipe", "digits"])
  }

  @Test("what is kept comes back, also after another step, newest first")
  func kept() throws {
    let path = FileManager.default.temporaryDirectory.path + "/recipes-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let store = DatabaseRecipeStore(try SQLiteStore(path: path + "/hone.sqlite"))
    #expect(try store.recipe("first") == nil)
    var first = recipe("first", at: 1)
    try store.save(first)
    try store.save(recipe("second", at: 2))
    var step = RecipeStep(
      .initialLoss, passed: true, value: 2.3, expected: "≈ 2.3",
      message: Localized("Fine.", korean: "좋습니다."))
    step.numbers = ["loss": .nan]
    step.ended = Date(timeIntervalSince1970: 5)
    first.steps.append(step)
    try store.save(first)
    let again = try DatabaseRecipeStore(SQLiteStore(path: path + "/hone.sqlite")).recipe("first")
    #expect(again?.steps.count == 1 && again?.step(.initialLoss)?.value == 2.3)
    #expect(again?.steps[0].numbers["loss"]?.isNaN == true && again?.isPassed == false)
    #expect(try store.recipes().map(\.name) == ["second", "first"])
    #expect(try store.delete("first") && !store.delete("first"))
    #expect(try store.recipes().map(\.name) == ["second"])
  }
}
