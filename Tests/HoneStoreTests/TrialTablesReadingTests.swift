import Foundation
import HoneRecords
import HoneSearch
import HoneStore
import Synchronization
import Testing

struct TrialTablesReadingTests {
  @Test(
    "a look while others claim and end trials has every trial once", arguments: StoreKind.lasting)
  func news(kind: StoreKind) throws {
    try withStore(kind) { store, address in
      try StudyWorker.create(try study(.random, budget: .trials(120)), in: store)
      let isOver = Mutex(false)
      let problems = Mutex<[String]>([])
      let group = DispatchGroup()
      group.enter()
      Thread.detachNewThread {
        problems.withLock { $0 += work(3, address, .random) { [$0["x"]] } }
        isOver.withLock { $0 = true }
        group.leave()
      }
      var looks = 0
      while !isOver.withLock({ $0 }) {
        let news = try store.news(in: "s", after: 0)
        let numbers = (news.finished + news.open).map(\.number).sorted()
        #expect(numbers == Array(0..<numbers.count))
        #expect(news.finished.allSatisfy { $0.state.isFinished })
        #expect(news.open.allSatisfy { !$0.state.isFinished })
        looks += 1
      }
      group.wait()
      #expect(problems.withLock { $0 }.isEmpty && looks > 0)
      #expect(try store.news(in: "s", after: 0).finished.count == 120)
    }
  }

  @Test("news after so many ends begins with the next one", arguments: StoreKind.lasting)
  func after(kind: StoreKind) throws {
    try withStore(kind) { store, address in
      try StudyWorker.create(try study(.random, budget: .trials(5)), in: store)
      #expect(work(1, address, .random) { [$0["x"]] }.isEmpty)
      let all = try store.finished(in: "s", after: 0)
      #expect(all.count == 5)
      for count in 0...5 {
        #expect(try store.finished(in: "s", after: count) == Array(all.dropFirst(count)))
        #expect(try store.news(in: "s", after: count).finished == Array(all.dropFirst(count)))
      }
      #expect(try store.unfinished(in: "s").isEmpty)
    }
  }
}
