import Foundation
import HoneRecords
import HoneStore
import Testing

struct RunWriterTests {
  @Test("what was logged is in the store after a flush, from any number of threads")
  func flush() throws {
    let store = InMemoryStore()
    try store.save(Samples.run("a"))
    let writer = RunWriter(store, run: "a", delaySeconds: 0.001)
    DispatchQueue.concurrentPerform(iterations: 4) { thread in
      for number in 1...500 {
        #expect(throws: Never.self) {
          try writer.log(Samples.step(thread * 500 + number))
          try writer.log("metric", MetricPoint(step: thread * 500 + number, value: 1))
        }
      }
    }
    try writer.log(RunEvent(time: Date(), kind: .note, text: "x"))
    for number in 1...3 { try writer.log(Samples.epoch(number)) }
    try writer.flush()
    #expect(try store.evidence("a").epochs.map(\.epoch) == [1, 2, 3])
    #expect(try store.evidence("a").steps.map(\.step) == Array(1...2000))
    #expect(try store.metrics(of: "a").first?.points.count == 2000)
    #expect(try store.events(of: "a").count == 1)
  }

  @Test("what nobody flushes is written by itself")
  func background() throws {
    let store = InMemoryStore()
    try store.save(Samples.run("a"))
    let writer = RunWriter(store, run: "a", delaySeconds: 0.01)
    try writer.log(Samples.step(1))
    for _ in 0..<1000 where try store.evidence("a").steps.isEmpty {
      Thread.sleep(forTimeInterval: 0.005)
    }
    #expect(try store.evidence("a").steps.count == 1)
    try writer.flush()
  }

  @Test("a store that fails is tried again with all that it has not taken")
  func failure() throws {
    // The run is not there yet: the store refuses.
    let store = InMemoryStore()
    let writer = RunWriter(store, run: "a", delaySeconds: 60, mostPending: 3)
    try writer.log(Samples.step(1))
    #expect(throws: StoreError.self) { try writer.flush() }
    try writer.log(Samples.step(2))
    try writer.log("metric", MetricPoint(step: 1, value: 1))
    #expect(throws: StoreError.self) { try writer.log(Samples.step(3)) }
    try store.save(Samples.run("a"))
    try writer.flush()
    #expect(try store.evidence("a").steps.map(\.step) == [1, 2, 3])
    #expect(try store.metrics(of: "a").first?.points.count == 1)
  }
}
