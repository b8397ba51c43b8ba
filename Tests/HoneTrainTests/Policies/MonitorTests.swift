import HoneMetrics
import HoneRecords
import Testing

@testable import HoneTrain

@Suite struct MonitorTests {
  @Test("losses are better when smaller, the metric by its own direction")
  func directions() {
    let old = epoch(1, loss: 1, metric: 0.5, trainLoss: 3)
    let new = epoch(2, loss: 2, metric: 0.6, trainLoss: 2)
    #expect(!Monitor.validationLoss.isBetter(new, than: old))
    #expect(Monitor.trainLoss.isBetter(new, than: old))
    #expect(Monitor.validationMetric(.accuracy).isBetter(new, than: old))
    #expect(!Monitor.validationMetric(.rootMeanSquaredError).isBetter(new, than: old))
  }

  @Test("equal metrics are told apart by the validation loss, unless a delta is asked for")
  func ties() {
    let old = epoch(1, loss: 1, metric: 0.5)
    let new = epoch(2, loss: 0.9, metric: 0.5)
    let monitor = Monitor.validationMetric(.accuracy)
    #expect(monitor.isBetter(new, than: old))
    #expect(!monitor.isBetter(old, than: new))
    #expect(!monitor.isBetter(new, than: old, by: 0.01))
    #expect(!Monitor.validationLoss.isBetter(old, than: old))
  }

  @Test("what is missing or not finite is worse than any number")
  func missing() {
    let none = epoch(1)
    let some = epoch(2, loss: 1e300, metric: 0)
    for monitor in [Monitor.validationLoss, .validationMetric(.accuracy)] {
      #expect(monitor.isBetter(some, than: none))
      #expect(!monitor.isBetter(none, than: some))
      #expect(!monitor.isBetter(none, than: none))
    }
    #expect(Monitor.validationLoss.isBetter(epoch(2, loss: 1), than: epoch(1, loss: .nan)))
  }
}
