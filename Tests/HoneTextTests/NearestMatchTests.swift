import HoneText
import Testing

struct NearestMatchTests {
  private let keys = ["learningRate", "weightDecay", "batchSize", "epochs"]

  @Test(
    "finds what was meant through typing errors",
    arguments: [
      ("learningrate", "learningRate"), ("lerningRate", "learningRate"), ("epohcs", "epochs"),
      ("weightdeacy", "weightDecay"), ("batch_size", "batchSize"),
    ])
  func found(word: String, expected: String) {
    #expect(nearestMatch(to: word, among: keys) == expected)
  }

  @Test("suggests nothing for a word that is near none")
  func nothing() {
    #expect(nearestMatch(to: "momentum", among: keys) == nil)
    #expect(nearestMatch(to: "x", among: [String]()) == nil)
  }
}
