import HoneData
import HoneNN
import HoneOptim
import HoneTensor

/// Looks for the largest batch that memory holds: takes a training step with twice as many samples each
/// time, until the next would not fit.
///
/// On the CPU a step fits where the process stays within its present size and a share of what the system
/// says is available; on a GPU where libtorch does not run out of memory, and the size before counts,
/// so that there is room for what differs between batches. The answer depends on the machine and on what
/// else runs on it, so it belongs into the run's record.
public struct BatchSizeSearch: Sendable {
  /// The first size that is tried.
  public static let smallest = 8
  /// Steps that an epoch is to have at least: few large steps learn little.
  private static let fewestSteps = 16
  /// More samples than this gain no speed.
  private static let largestUseful = 4096

  /// The share of available memory that a step may take.
  public let share: Double
  /// The largest size that may come out.
  public let maximum: Int

  /// A search.
  /// - Parameters:
  ///   - samples: the samples of the training split.
  ///   - share: the share of available memory that a step may take.
  /// - Precondition: `share` is above 0 and at most 1.
  public init(samples: Int, share: Double = 0.5) {
    guard share > 0, share <= 1 else {
      fatalError("BatchSizeSearch got the share \(share); it must be above 0 and at most 1.")
    }
    self.share = share
    maximum = max(Self.smallest, min(samples / Self.fewestSteps, Self.largestUseful))
  }

  /// The largest size that fits a plan's model, optimiser and data.
  ///
  /// Weights, optimiser and modes are as before afterwards.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError` where the smallest size does
  ///   not fit.
  public func largest(for plan: TrainingPlan) throws -> Int {
    let available = plan.device.kind == .cpu ? MemoryGauge.available : nil
    let baseline = MemoryGauge.resident
    return try leavingUntouched(plan) {
      plan.model.train()
      return try largest(allowed: available.map { Int(Double($0) * share) }) { size in
        MemoryGauge.resetPeak()
        try Self.step(plan, size)
        return max(0, (MemoryGauge.peak ?? 0) - (baseline ?? 0))
      }
    }
  }

  /// Doubles a size while the next one is expected to fit.
  /// - Parameters:
  ///   - allowed: bytes that a step may add; nil where only failure counts.
  ///   - measure: takes a step of a size and gives the bytes that it added.
  func largest(allowed: Int?, measure: (Int) throws -> Int) throws -> Int {
    var size = min(Self.smallest, maximum)
    var fitting: [Int] = []
    while size <= maximum {
      let added: Int
      do {
        added = try measure(size)
      } catch let error as TorchError where error.kind == .outOfMemory && !fitting.isEmpty {
        // The size before the last that fitted, for room.
        return fitting.count > 1 ? fitting[fitting.count - 2] : fitting[0]
      }
      if let allowed, added > allowed { break }
      fitting.append(size)
      // What a step takes grows no faster than the number of its samples.
      if let allowed, 2 * added > allowed { break }
      size *= 2
    }
    return fitting.last ?? min(Self.smallest, maximum)
  }

  private static func step(_ plan: TrainingPlan, _ size: Int) throws {
    let indices = plan.training.indices
    let batch = try plan.training.batch(of: (0..<size).map { indices[$0 % indices.count] })
    let loss = try catchingTorchErrors {
      let output = plan.output(for: batch, noise: plan.seed)
      return plan.objective(plan.trainingLoss(output, batch))
    }
    try plan.takeProbeStep(by: loss, on: batch, number: 0, completing: true)
  }
}
