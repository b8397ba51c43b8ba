import Foundation
import HoneData
import HoneNN
import HoneNumerics
import HoneOptim
public import HoneRecords
import HoneTensor

/// The learning-rate range test (Smith 2017, arXiv 1506.01186): the rate rises exponentially from step
/// to step, and the smoothed loss shows from where it falls fastest and where it explodes.
///
/// Run with several seeds of the data order from the same weights, without lasting effect.
public struct RangeTest: Sendable {
  /// The first rate.
  public var lowest = 1e-6
  /// The last rate.
  public var highest = 10.0
  /// Steps from the first to the last.
  public var steps = 100
  /// Repetitions with other batches.
  public var seeds = 3
  /// The weight of the past in the smoothed loss (fastai's finder uses 0.98 over longer tests).
  public var smoothing = 0.9
  /// A loss above this multiple of the lowest ends a repetition (as in PyTorch Lightning and fastai).
  public var divergenceFactor = 4.0
  /// Suggestions of the seeds that differ by more than this factor make the verdict ambiguous.
  public var agreementFactor = 10.0

  /// Seconds that all repetitions may take together, about; nil for any time.
  ///
  /// Where steps are slow there are fewer repetitions, and then fewer steps.
  public var seconds: Double?

  /// Steps below which a curve shows too little.
  private static let fewestSteps = 40

  /// A test with default settings.
  public init() {}

  /// Tests a plan's model, optimiser and data, with the plan's penalty and clipping.
  ///
  /// Weights, optimiser, modes and random state are as before afterwards.
  /// - Parameter stopRequested: asked before each step whether to give up.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`; `CancellationError` where
  ///   a stop was requested.
  public func run(
    _ plan: TrainingPlan, stopRequested: () -> Bool = { false }
  ) throws -> RangeTestRecord {
    if let seconds {
      return try fitting(plan, in: seconds, stopRequested).run(
        plan, stopRequested: stopRequested)
    }
    let rates = (0..<steps).map { lowest * pow(highest / lowest, Double($0) / Double(steps - 1)) }
    let curves = try (0..<seeds).map { seed in
      try leavingUntouched(plan) {
        try sweep(plan, rates: rates, seed: seed, stopRequested: stopRequested)
      }
    }
    return summarize(rates: rates, curves: curves)
  }

  /// A test that takes no longer than some seconds, by the time of a few steps.
  private func fitting(
    _ plan: TrainingPlan, in seconds: Double, _ stopRequested: () -> Bool
  ) throws -> RangeTest {
    func time(steps count: Int) throws -> Double {
      let start = ContinuousClock.now
      _ = try leavingUntouched(plan) {
        try sweep(
          plan, rates: [Double](repeating: lowest, count: count), seed: 0,
          stopRequested: stopRequested)
      }
      return start.duration(to: .now) / .seconds(1)
    }
    // The first step pays for what is made once.
    let first = try time(steps: 1)
    let step = max((try time(steps: 3) - first) / 2, 1e-6)
    let affordable = Int(seconds / step)
    var test = self
    test.seconds = nil
    test.seeds = min(seeds, max(1, affordable / steps))
    test.steps = min(steps, max(Self.fewestSteps, affordable / test.seeds))
    return test
  }

  /// The raw losses of one repetition; shorter than `rates` where it diverged.
  private func sweep(
    _ plan: TrainingPlan, rates: [Double], seed: Int, stopRequested: () -> Bool
  ) throws -> [Double] {
    plan.model.train()
    var losses: [Double] = []
    var smoothed = 0.0
    var lowestLoss = Double.infinity
    // No run comes to epochs of such numbers: other batches than those it will train on.
    var epoch = 1_000_000 + seed * 1000
    var batches = plan.training.epoch(epoch)
    defer { batches.close() }
    for (index, rate) in rates.enumerated() {
      if stopRequested() { throw CancellationError() }
      var next = try batches.next()
      if next == nil {
        epoch += 1
        batches = plan.training.epoch(epoch)
        next = try batches.next()
      }
      guard let batch = next else { break }
      var stream = RandomStream(seed: plan.seed, "range test", seed, index)
      let noise = stream.nextSeed()
      let (loss, value) = try catchingTorchErrors {
        let output = plan.output(for: batch, noise: noise)
        let loss = plan.loss(output, plan.target(of: batch, for: output))
        return (plan.objective(loss), loss.item())
      }
      smoothed = smoothing * smoothed + (1 - smoothing) * value
      let corrected = smoothed / (1 - pow(smoothing, Double(index + 1)))
      guard value.isFinite, corrected < divergenceFactor * lowestLoss else { break }
      losses.append(value)
      lowestLoss = min(lowestLoss, corrected)
      plan.optimizer.learningRate = rate
      try plan.takeProbeStep(by: loss, on: batch, number: index, completing: true)
    }
    return losses
  }

  /// Suggestion, interval and verdict of the repetitions' curves.
  func summarize(rates: [Double], curves: [[Double]]) -> RangeTestRecord {
    let suggestions = curves.compactMap { steepestRate(rates: rates, losses: $0) }.sorted()
    let ends = curves.map { $0.count < rates.count ? rates[$0.count] : Double.infinity }
    let mean = rates.indices.map { index in
      let values = curves.compactMap { index < $0.count ? $0[index] : nil }
      return values.count == curves.count ? values.mean() : Double.nan
    }
    var record = RangeTestRecord(
      learningRates: rates, losses: centered(mean), verdict: .failed)
    let divergence = ends.median()
    record.divergence = divergence.isFinite ? divergence : nil
    guard let low = suggestions.first, let high = suggestions.last else { return record }
    record.suggestion = suggestions[suggestions.count / 2]
    record.interval = [low, high]
    // One repetition alone has nothing to agree with.
    let agree =
      curves.count > 1 && suggestions.count == curves.count && high <= low * agreementFactor
    record.verdict = agree ? .clear : .ambiguous
    return record
  }

  /// The rate at which the smoothed loss falls fastest per decade; nil where it never falls clearly.
  private func steepestRate(rates: [Double], losses: [Double]) -> Double? {
    let smooth = centered(losses)
    let half = max(2, steps / 20)
    // What comes after the lowest point is the explosion: it says nothing of the fall, nor of noise.
    guard let least = smooth.indices.min(by: { smooth[$0] < smooth[$1] }), least > 2 * half,
      // A fall within the noise of batches says nothing.
      smooth[0] - smooth[least]
        > 2 * residualDeviation(Array(losses[...least]), Array(smooth[...least]))
    else { return nil }
    var best: (rate: Double, slope: Double)?
    for index in half..<least {
      let slope = smooth[min(smooth.count - 1, index + half)] - smooth[index - half]
      if slope < best?.slope ?? 0 { best = (rates[index], slope) }
    }
    return best?.rate
  }

  /// A moving mean without the lag of exponential smoothing, which would move the suggestion up.
  private func centered(_ losses: [Double]) -> [Double] {
    let half = max(1, steps / 25)
    return losses.indices.map { index in
      losses[max(0, index - half)...min(losses.count - 1, index + half)].reduce(0, +)
        / Double(min(losses.count - 1, index + half) - max(0, index - half) + 1)
    }
  }

  private func residualDeviation(_ losses: [Double], _ smooth: [Double]) -> Double {
    let residuals = zip(losses, smooth).map { $0 - $1 }
    return residuals.count > 1 ? residuals.standardDeviation() : 0
  }
}
