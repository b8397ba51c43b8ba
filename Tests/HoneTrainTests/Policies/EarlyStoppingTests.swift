import HoneRecords
import HoneText
import Testing

@testable import HoneTrain

@Suite struct EarlyStoppingTests {
  /// The epoch after which a policy ends a history; nil where it never does.
  private func end(
    _ losses: [Double], patience: Int = 2, minimumDelta: Double = 0
  ) -> Int? {
    let policy = EarlyStopping(patience: patience, minimumDelta: minimumDelta)
    return (1...losses.count).first { count in
      policy.decide(after: history(Array(losses.prefix(count)))) != .proceed
    }
  }

  @Test("stops when the validation loss has not improved for as many epochs as its patience")
  func patience() {
    #expect(end([3, 2, 2.1, 2.2, 1], patience: 2) == 4)
    #expect(end([3, 2, 2.1, 1.9, 2, 2], patience: 2) == 6)
    #expect(end([3, 2, 1, 0.5], patience: 1) == nil)
    #expect(end([3, 3.1], patience: 1) == 2)
  }

  @Test("a tie is no improvement")
  func ties() { #expect(end([2, 2, 2]) == 3) }

  @Test("an improvement below the delta is none, however often it comes")
  func delta() {
    #expect(end([2, 1.95, 1.9, 1.85], patience: 3, minimumDelta: 0.2) == 4)
    #expect(end([2, 1.95, 1.9, 1.75], patience: 3, minimumDelta: 0.2) == nil)
  }

  @Test("a loss that is not a number is no improvement, and any number improves on it")
  func notANumber() {
    #expect(end([1, .nan, .nan]) == 3)
    #expect(end([.nan, .nan, .nan]) == 3)
    #expect(end([.nan, 5, 4]) == nil)
    #expect(end([.infinity, 5, 6, 7]) == 4)
  }

  @Test("nothing is decided without epochs")
  func empty() { #expect(EarlyStopping().decide(after: []) == .proceed) }

  @Test("the reason names patience and the best epoch")
  func reason() {
    let directive = EarlyStopping(patience: 2).decide(after: history([2, 1, 3, 3]))
    guard case .stop(let reason) = directive else {
      Issue.record("\(directive)")
      return
    }
    #expect(reason.english == "No improvement for 2 epochs since epoch 2.")
    #expect(reason.korean.contains("2"))
  }
}
