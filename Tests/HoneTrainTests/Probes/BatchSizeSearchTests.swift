import HoneNN
import HoneOptim
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct BatchSizeSearchTests {
  @Test("the size doubles until the next would not fit")
  func doubles() throws {
    let search = BatchSizeSearch(samples: 1_000_000)
    var tried: [Int] = []
    let size = try search.largest(allowed: 1000) { size in
      tried.append(size)
      return size * 10
    }
    // 64 take 640; 128 would take 1280.
    #expect(size == 64)
    #expect(tried == [8, 16, 32, 64])
  }

  @Test("a size that turned out too large is not taken")
  func tooLarge() throws {
    let search = BatchSizeSearch(samples: 1_000_000)
    #expect(try search.largest(allowed: 1000) { $0 < 32 ? $0 : 2000 } == 16)
  }

  @Test("where memory is exhausted, the size before the last that fitted counts")
  func exhausted() throws {
    let search = BatchSizeSearch(samples: 1_000_000)
    let failure = TorchError(kind: .outOfMemory, message: "no memory")
    let size = try search.largest(allowed: nil) { size in
      if size > 100 { throw failure }
      return 0
    }
    #expect(size == 32)
    #expect(throws: failure) { try search.largest(allowed: nil) { _ in throw failure } }
  }

  @Test("an epoch keeps at least sixteen steps, and no batch is larger than is useful")
  func bounds() throws {
    #expect(try BatchSizeSearch(samples: 1024).largest(allowed: nil) { _ in 0 } == 64)
    #expect(try BatchSizeSearch(samples: 20).largest(allowed: nil) { _ in 0 } == 8)
    #expect(try BatchSizeSearch(samples: 1 << 30).largest(allowed: nil) { _ in 0 } == 4096)
  }

  @Test("looking for a size leaves the plan as it was")
  func untouched() throws {
    let plan = try Lab().plan
    let (weights, state) = (plan.model.stateDictionary, plan.optimizer.state)
    let size = try BatchSizeSearch(samples: 200).largest(for: plan)
    #expect(size == 8)
    #expect(plan.model.stateDictionary == weights)
    #expect(plan.optimizer.state == state)
  }
}
