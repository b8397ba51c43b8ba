import Foundation
import HoneData
import HoneNN
import HoneOptim
import HoneRecords
public import HoneTensor

/// Several processes that train one model, each with its part of every batch.
///
/// The batch size stays that of the whole: each process computes the gradient of its own samples, the
/// gradients are summed while the backward pass still runs, and every process takes the same step. The
/// losses are those of a single process to rounding, batch normalization included; dropout's masks
/// differ, because each process draws its own.
///
/// ```swift
/// var plan = …  // the same in all processes
/// plan.parallel = DataParallel(try ProcessGroup.connect(place))
/// let outcome = try Trainer(plan, record: record).train()
/// ```
///
/// Rank 0 validates and decides; it alone should be given observers and a checkpointer.
public final class DataParallel {
  /// The processes.
  public let group: ProcessGroup
  /// What exchanges have cost so far.
  public internal(set) var cost = ExchangeCost()
  /// The part of each batch that this process computes.
  let share: LoaderShare
  /// Whether some process has been asked to stop, as all of them know it.
  private(set) var isStopAgreed = false
  private let synchronization: BatchSynchronization
  private var norms: [BatchNorm] = []
  private var buckets: GradientBuckets?
  private var bucketed: [Parameter] = []
  private let bucketBytes: Int
  private let clock = ContinuousClock()

  /// Data parallel training by a group.
  /// - Parameter bucketBytes: how many bytes of gradients are exchanged at once.
  public init(_ group: ProcessGroup, bucketBytes: Int = GradientBuckets.defaultBytes) {
    self.group = group
    self.bucketBytes = bucketBytes
    share = LoaderShare(index: group.rank, count: group.size)
    synchronization = BatchSynchronization(group)
  }

  /// Whether this process is the one that writes.
  public var isWriter: Bool { group.isWriter }

  /// Gives every process rank 0's weights, and joins the layers that look at whole batches.
  func begin(_ plan: TrainingPlan) throws {
    if plan.optimizer is any ClosureOptimizer {
      throw DataParallelError.optimizer(plan.optimizer.state.kind)
    }
    let parameters = plan.model.namedParameters.map(\.parameter.value)
    for value in parameters + plan.model.namedBuffers.map(\.buffer.value) {
      try group.broadcast(into: value)
    }
    norms = plan.model.namedModules.compactMap { $0.module as? BatchNorm }
    for norm in norms { norm.synchronization = synchronization }
  }

  /// Waits for the others, so that none leaves while another is still at its last exchange.
  func finish() throws { _ = try group.sum([0]) }

  /// Gives the model back to this process alone.
  func end() {
    for norm in norms { norm.synchronization = nil }
    buckets = nil
    bucketed = []
  }

  /// Runs a body in which this process works for itself, without keeping step with the others.
  func alone<Value>(_ body: () throws -> Value) rethrows -> Value {
    for norm in norms { norm.synchronization = nil }
    defer { for norm in norms { norm.synchronization = synchronization } }
    return try body()
  }

  /// The value that rank 0 finds, in every process.
  public func shared<Value: Codable>(_ body: () throws -> Value) throws -> Value {
    guard isWriter else {
      let bytes = try group.broadcast([])
      return try CanonicalJSON.decode(Value.self, from: Data(bytes))
    }
    let value = try body()
    _ = try group.broadcast([UInt8](CanonicalJSON.encode(value)))
    return value
  }

  /// Whether rank 0 says yes, in every process; cheaper than a value.
  func writer(says yes: Bool) throws -> Bool { try group.sum([isWriter && yes ? 1 : 0])[0] > 0 }

  /// What the first process with a finding has found, in every process.
  func firstFound(_ own: String?) throws -> String? {
    var flags = [Double](repeating: 0, count: group.size)
    if own != nil { flags[group.rank] = 1 }
    guard let first = try group.sum(flags).firstIndex(where: { $0 > 0 }) else { return nil }
    let bytes = try group.broadcast(Array((own ?? "").utf8), from: first)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Readies a batch: says whether this process's samples of it count.
  func prepare(batchOf samples: Int) {
    synchronization.isIdle = share.rows(of: samples).isEmpty
  }

  /// The batch's mean loss and right answers over all processes.
  /// - Parameters:
  ///   - loss: the mean over this process's samples.
  ///   - right: how many of them were named rightly.
  ///   - samples: the samples of the whole batch.
  ///   - stops: whether this process has been asked to stop.
  func combine(
    loss: Double, right: Int, samples: Int, stops: Bool
  ) throws -> (loss: Double, right: Int) {
    let own = share.rows(of: samples).count
    let sums = try timed(\.lossSeconds) {
      try group.sum([loss * Double(own), own > 0 ? Double(right) : 0, stops ? 1 : 0])
    }
    isStopAgreed = sums[2] > 0
    return (sums[0] / Double(samples), Int(sums[1]))
  }

  /// Begins to send the gradients of the backward pass that follows, as they come.
  /// - Parameter parameters: those that are trained at this step.
  func beginExchange(of parameters: [Parameter]) {
    if buckets == nil || !bucketed.elementsEqual(parameters, by: ===) {
      // Freezing changes between epochs: what is frozen is not sent.
      buckets = nil
      buckets = GradientBuckets(group, parameters, bytes: bucketBytes)
      bucketed = parameters
    }
    buckets?.begin()
  }

  /// Waits until the gradients are the sums over all processes.
  func finishExchange() throws {
    guard let buckets else { return }
    try timed(\.gradientSeconds) { try buckets.finish() }
    cost.steps += 1
    cost.buckets += buckets.count
    cost.overlapped += buckets.overlapped
  }

  /// What is to be reported where training fails: the loss of a process, where that was the cause.
  ///
  /// A failure of this process's own is told to the others.
  func explained(_ error: any Error, outcome: String) -> any Error {
    if let error = error as? ProcessGroupError { return error }
    if group.hasFailed { return group.findCause(outcome) }
    group.leave(because: outcome)
    return error
  }

  private func timed<Value>(
    _ seconds: WritableKeyPath<ExchangeCost, Double>, _ body: () throws -> Value
  ) rethrows -> Value {
    let begun = clock.now
    defer { cost[keyPath: seconds] += begun.duration(to: clock.now) / .seconds(1) }
    return try body()
  }
}
