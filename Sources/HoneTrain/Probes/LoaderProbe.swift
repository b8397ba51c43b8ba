import HoneData
import HoneNN
import HoneNumerics
import HoneOptim
import HoneTensor

/// How long the loader takes for a batch alone, and the step for it alone.
public struct LoaderProbe: Sendable {
  /// Batches and steps measured at most, after a first one that pays for what is made once.
  public var batches = 20
  /// Seconds for loading, and again for steps.
  public var seconds = 2.0

  /// A probe with default settings.
  public init() {}

  /// The two times.
  public struct Outcome: Sendable, Equatable {
    /// Seconds in which the loader gives a batch when nobody else works.
    public var loading: Double
    /// Seconds of a step on a batch that is there already.
    public var computing: Double

    /// The share of a step that is spent waiting when loading and computing run beside each other.
    public var waitShare: Double { loading > computing ? 1 - computing / loading : 0 }
  }

  /// Measures both, without lasting effect.
  /// - Parameter stopRequested: asked before each batch whether to give up.
  /// - Returns: nil where the training split has no whole batch.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`; `CancellationError` where
  ///   a stop was requested.
  public func run(
    _ plan: TrainingPlan, stopRequested: () -> Bool = { false }
  ) throws -> Outcome? {
    let clock = ContinuousClock()
    let source = plan.training.epoch(5_000_000)
    defer { source.close() }
    guard let batch = try source.next() else { return nil }
    let start = clock.now
    var loaded = 0
    while loaded < batches, start.duration(to: clock.now) / .seconds(1) < seconds {
      if stopRequested() { throw CancellationError() }
      guard try source.next() != nil else { break }
      loaded += 1
    }
    // A split of one batch: loading it once more is all there is to measure.
    var loading = start.duration(to: clock.now) / .seconds(1) / Double(max(loaded, 1))
    if loaded == 0 {
      let again = clock.now
      _ = try plan.training.batch(of: batch.indices)
      loading = again.duration(to: clock.now) / .seconds(1)
    }
    let times = try leavingUntouched(plan) { () -> [Double] in
      plan.model.train()
      plan.optimizer.learningRate = plan.learningRate
      var times: [Double] = []
      while times.count <= batches, times.reduce(0, +) < seconds {
        if stopRequested() { throw CancellationError() }
        let begun = clock.now
        let loss = try catchingTorchErrors { () -> Tensor in
          let output = plan.output(for: batch, noise: plan.seed)
          return plan.objective(plan.loss(output, plan.target(of: batch, for: output)))
        }
        try plan.takeProbeStep(by: loss, on: batch, number: times.count, completing: true)
        times.append(begun.duration(to: clock.now) / .seconds(1))
      }
      return times
    }
    let steady = times.count > 1 ? Array(times.dropFirst()) : times
    return Outcome(loading: loading, computing: steady.median())
  }
}
