import Foundation
import HoneRecords
import HoneStore
import Testing

/// What logging every step costs, measured and printed, never judged: HONE_MEASURE=1.
///
/// The loop does a millisecond of arithmetic for each step, as a small training step would, with and
/// without logging in turn, so that what the writer's thread takes from the processor counts too.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["HONE_MEASURE"] != nil,
    "measures; HONE_MEASURE=1 runs it"),
  .serialized)
struct StoreCostMeasurement {
  private static let steps = 3000
  private static let rounds = 7

  @Test(arguments: StoreKind.lasting)
  func logging(kind: StoreKind) throws {
    try kind.withStore { store in
      try store.save(Samples.run("a"))
      let writer = RunWriter(store, run: "a")
      let work = Self.iterations(milliseconds: 1)
      var shares: [Double] = []
      var calls: [Double] = []
      for round in 0..<Self.rounds {
        let plain = Self.seconds { for _ in 0..<Self.steps { Self.burn(work) } }
        var inCalls = 0.0
        let logged = try Self.seconds {
          for number in 0..<Self.steps {
            Self.burn(work)
            inCalls += try Self.seconds {
              try writer.log(Samples.step(round * Self.steps + number))
            }
          }
        }
        shares.append((logged - plain) / plain)
        calls.append(inCalls / Double(Self.steps))
      }
      try writer.flush()
      let count = try store.evidence("a").steps.count
      #expect(count == Self.rounds * Self.steps)
      let share = shares.sorted()[Self.rounds / 2]
      let call = calls.sorted()[Self.rounds / 2]
      print("measured: \(kind): loop \(share * 100) % longer, a call \(call * 1e6) µs")
    }
  }

  private static func seconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try body()
    return (ContinuousClock.now - start) / .seconds(1)
  }

  /// Arithmetic that cannot be left out.
  @inline(never)
  private static func burn(_ iterations: Int) {
    var value = 1.0
    for _ in 0..<iterations { value = (value * 1.000_000_1).squareRoot() + 0.5 }
    if value < 0 { print(value) }
  }

  private static func iterations(milliseconds: Double) -> Int {
    let probe = 100_000
    burn(probe)
    return Int(Double(probe) * milliseconds / 1000 / seconds { burn(probe) })
  }
}
