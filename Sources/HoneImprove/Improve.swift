import Foundation
public import HoneConfiguration
public import HoneData

/// The time that an improvement may take.
public struct ImprovementBudget: Sendable, Equatable {
  /// Wall-clock seconds.
  public let seconds: Double

  /// A budget of seconds.
  public static func seconds(_ seconds: Double) -> ImprovementBudget { .init(seconds: seconds) }
  /// A budget of minutes.
  public static func minutes(_ minutes: Double) -> ImprovementBudget {
    .init(seconds: 60 * minutes)
  }
  /// A budget of hours.
  public static func hours(_ hours: Double) -> ImprovementBudget { .init(seconds: 3600 * hours) }
}

/// Improves a model on data: baseline, diagnosis, remedies as paired experiments, the proven
/// configuration trained anew.
///
/// ```swift
/// let data = try DataSource.open("digits")
/// let improvement = try await improve(data, budget: .minutes(15))
/// print(improvement.record.testGain?.delta ?? 0)
/// ```
/// - Parameters:
///   - data: the data.
///   - configuration: what to start from; what it leaves open is chosen by the data.
///   - budget: wall-clock time for everything.
///   - seeds: paired seeds of a proof.
///   - observe: told of every event, on the thread that trains.
/// - Throws: `ImprovementError`; `ConfigurationError` and `DataError` where the baseline cannot be
///   assembled; `ImprovementError.interrupted` where the task was cancelled: `Improver` with a folder in
///   its options goes on from there.
public func improve(
  _ data: Dataset, from configuration: Configuration = Configuration(),
  budget: ImprovementBudget, seeds: Int = 5,
  observe: @escaping @Sendable (ImprovementEvent) throws -> Void = { _ in }
) async throws -> Improvement {
  let stop = StopFlag()
  return try await withTaskCancellationHandler {
    try await withCheckedThrowingContinuation { continuation in
      // Tensors stay on one thread, and deep models need a deep stack.
      let thread = Thread {
        continuation.resume(
          with: Result {
            try Improver(
              configuration, data: data,
              options: ImprovementOptions(budgetSeconds: budget.seconds, seeds: seeds),
              observe: observe, stopRequested: { stop.isSet }
            ).run()
          })
      }
      thread.name = "hone improve"
      thread.stackSize = 64 << 20
      thread.start()
    }
  } onCancel: {
    stop.set()
  }
}
