import HoneConfiguration
import HoneData
import HoneTensor
import HoneTrain
import Testing

@testable import HoneAssembly

struct TextAugmentationAssemblyTests {
  private let model = "model: {name: bagOfEmbeddings, features: 4}\n"

  @Test("steps of a configuration reach the loader of training texts and no other")
  func steps() throws {
    let run = try Workbench.run(
      model + """
        augment:
          - {keyboardNoise: {probability: 0.5, characterShare: 0.1}}
          - {oneOf: [wordSwap, {wordDeletion: 0.1}]}
          - {randomApply: {probability: 0.2, steps: [{spellingNoise: {maximum: 2}}]}}
        """, data: try FirstSteps.texts())
    let deletion = TextAugmentation(.deletion, words: TextShare(0.1))
    let noise = TextAugmentation(
      .substitution(.misspellings()), words: TextShare(maximum: 2))
    #expect(
      run.plan.training.options.textAugmentation == [
        TextAugmentation(.keyboard(characters: TextShare(0.1)), probability: 0.5),
        .oneOf([TextAugmentation(.swap), deletion]),
        .someOf([noise], count: 1...1, probability: 0.2),
      ])
    #expect(run.plan.training.options.augmentation.isEmpty)
    #expect(run.plan.validation?.options.isAugmenting == false)
  }

  @Test("steps for images are refused by name on texts, steps for texts on images")
  func refusals() throws {
    let texts = try FirstSteps.texts()
    #expect(throws: DataError.augmentationNeedsImages(name: "cutMix", input: "text")) {
      try Workbench.run(model + "augment: [wordSwap, {oneOf: [cutMix]}]", data: texts)
    }
    #expect(
      throws: DataError.badTextAugmentation(.needsTexts(name: "wordSwap", input: "image"))
    ) {
      try Workbench.run("augment: [horizontalFlip, wordSwap]")
    }
  }
}
