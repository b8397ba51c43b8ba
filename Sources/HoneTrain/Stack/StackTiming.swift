import HoneData
import HoneNN
import HoneNumerics
import HoneTensor

/// How long a step takes for several runs at once, measured: where it pays to train them together.
///
/// A choice made by timing is part of what it was made for: keep it, and use it again on resume and replay.
public struct StackTiming: Sendable, Equatable {
  /// The sizes that are tried, as long as larger ones gain.
  public static let usualSizes = [2, 4, 8, 16, 32]

  /// Seconds of a step of one run alone.
  public private(set) var alone: Double
  /// Seconds of a step of one run in a stack of each size: those of the whole step over the size.
  public private(set) var together: [Int: Double] = [:]

  /// What a stack must gain at least to be worth its rounding.
  private static let leastGain = 1.2
  /// What the next size must gain over the one before to go on.
  private static let growth = 1.05
  private static let warmUp = 3

  /// Measures training steps of runs that are made for it and thrown away.
  /// - Parameters:
  ///   - sizes: how many runs are tried together; those that do not stack end the measurement.
  ///   - steps: the steps of which the median counts.
  ///   - make: makes a run, the same each time.
  /// - Throws: what making a run or its steps throw.
  public init(
    sizes: [Int] = StackTiming.usualSizes, steps: Int = 15, make: () throws -> Trainer
  ) throws {
    alone = try Self.seconds(of: [make()], steps: steps) ?? .infinity
    var best = alone
    for size in sizes {
      guard let seconds = try Self.seconds(of: (0..<size).map { _ in try make() }, steps: steps)
      else { return }
      let share = seconds / Double(size)
      together[size] = share
      if share * Self.growth > best { return }
      best = share
    }
  }

  /// How many runs to train together; 1 where no stack gains enough.
  public var best: Int {
    guard let fastest = together.min(by: { $0.value < $1.value }),
      fastest.value * Self.leastGain <= alone
    else { return 1 }
    return fastest.key
  }

  /// How many times as many runs a stack of a size trains in the same time; nil for a size that was not
  /// measured.
  public func gain(of size: Int) -> Double? { together[size].map { alone / $0 } }

  /// The median of some steps on the first batch; nil for runs that do not stack.
  private static func seconds(of trainers: [Trainer], steps: Int) throws -> Double? {
    let lead = trainers[0]
    let layers = lead.stackableLayers
    guard layers != nil, trainers.allSatisfy({ $0.stackableLayers == layers }) else { return nil }
    let batches = lead.plan.training.epoch(1)
    defer { batches.close() }
    guard let batch = try batches.next() else { return nil }
    Torch.threads = lead.plan.threads
    for trainer in trainers {
      trainer.plan.model.train()
      // The first steps of a run are measured in detail, most steps are not.
      trainer.plan.measuresSteps = false
    }
    let passes = trainers.count > 1 ? StackedPasses(trainers) : nil
    let clock = ContinuousClock()
    var times: [Double] = []
    for step in 0..<(warmUp + steps) {
      let begun = clock.now
      if let passes {
        for result in try passes.train(on: batch, number: 1) { _ = try result.get() }
      } else {
        _ = try lead.trainBatch(batch, number: 1, endsStep: true)
      }
      if step >= warmUp { times.append(begun.duration(to: clock.now) / .seconds(1)) }
    }
    return times.median()
  }
}
