import HoneModels
import HoneNN
import HoneOptim
import HoneTensor
import Testing

@testable import HoneTrain

struct StackTimingTests {
  @Test("measures a stack of each size while larger ones gain, and chooses one that pays")
  func measures() throws {
    let lab = Lab()
    let timing = try StackTiming(sizes: [2, 4], steps: 3) {
      Trainer(try lab.plan, record: lab.record())
    }
    #expect(timing.alone > 0 && timing.gain(of: 2) ?? 0 > 0)
    #expect(timing.gain(of: 64) == nil)
    #expect([1, 2, 4].contains(timing.best))
  }

  @Test("runs that do not stack are left alone") func alone() throws {
    var lab = Lab()
    lab.change = { $0.accumulation = 2 }
    let timing = try StackTiming(sizes: [2], steps: 2) {
      Trainer(try lab.plan, record: lab.record())
    }
    #expect(timing.together.isEmpty && timing.best == 1)
  }
}
