import HoneRecords
import HoneText
import Testing

@testable import HoneTrain

@Suite struct PrecheltStoppingTests {
  /// The epoch after which a rule ends a history; nil where it never does.
  private func end(
    _ rule: PrecheltStopping.Rule, _ losses: [Double], training: [Double]? = nil
  ) -> Int? {
    let policy = PrecheltStopping(rule)
    return (1...losses.count).first { count in
      let epochs = (0..<count).map {
        epoch($0 + 1, loss: losses[$0], trainLoss: training?[$0] ?? 1)
      }
      return policy.decide(after: epochs) != .proceed
    }
  }

  @Test("GL stops where the error is more than so many percent above its lowest")
  func generalizationLoss() {
    #expect(end(.generalizationLoss(percent: 5), [2, 1, 1.04, 1.03, 1.06]) == 5)
    #expect(end(.generalizationLoss(percent: 3), [2, 1, 1.04, 0.9]) == 3)
    #expect(end(.generalizationLoss(percent: 5), [3, 2, 1]) == nil)
    #expect(PrecheltStopping.generalizationLoss([2, 1, 1.5]) == 50)
  }

  @Test("GL bears a loss that is not a number at first, and stops at one that becomes none")
  func notANumber() {
    #expect(end(.generalizationLoss(), [.nan, .nan, 1]) == nil)
    #expect(end(.generalizationLoss(), [1, .nan]) == 2)
    #expect(end(.generalizationLoss(), [0, -1, -0.5]) == nil)
  }

  @Test("PQ asks where strips end whether what is lost is worth what is learned")
  func progressQuotient() {
    // Progress: 1000 * (mean / lowest - 1).
    #expect(abs(PrecheltStopping.progress([1.2, 1.1, 1.0]) - 100) < 1e-9)
    let losses = [1.0, 1.2, 1.3, 1.4, 1.5, 1.6]
    let quick = [6.0, 5, 4, 3, 2, 1]
    // After 3: 30 % lost, progress 1000 * (5/4 - 1) = 250: 0.12; after 6: 60 / 1000 = 0.06.
    #expect(end(.progressQuotient(threshold: 0.13, strip: 3), losses, training: quick) == nil)
    #expect(end(.progressQuotient(threshold: 0.11, strip: 3), losses, training: quick) == 3)
    // A training loss that stands still learns nothing.
    #expect(end(.progressQuotient(threshold: 3, strip: 2), losses) == 2)
  }

  @Test("UP stops when the error has grown from strip to strip so many times in a row")
  func risingStrips() {
    let losses = [1.0, 2, 0.5, 3, 0.1, 4, 9, 3.9]
    #expect(PrecheltStopping.risingStrips(Array(losses.prefix(6)), strip: 2) == 2)
    #expect(end(.risingStrips(count: 2, strip: 2), losses) == 6)
    #expect(end(.risingStrips(count: 3, strip: 2), losses) == nil)
    #expect(PrecheltStopping.risingStrips(losses, strip: 2) == 0)
  }

  @Test("the reason names the rule and its number")
  func reason() {
    let policy = PrecheltStopping(.generalizationLoss(percent: 5))
    guard case .stop(let reason) = policy.decide(after: history([1, 1.5])) else {
      Issue.record("did not stop")
      return
    }
    #expect(reason.english.contains("GL 50"))
    #expect(reason.korean.contains("조기 종료"))
  }
}
