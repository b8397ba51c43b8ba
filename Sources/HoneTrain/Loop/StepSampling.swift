/// Which steps are measured in detail: dense while everything changes, then sparser, so that the cost
/// stays small (50 steps of 50, then every 10th to 1,000, then every 50th).
package enum StepSampling {
  package static func isSampled(_ step: Int) -> Bool {
    switch step {
    case ...50: true
    case ...1000: step.isMultiple(of: 10)
    default: step.isMultiple(of: 50)
    }
  }
}
