import Foundation
import HoneRecords
import HoneSearch
import HoneStore
import Synchronization
import Testing

/// The studies of a store.
func trialStore(_ address: String) throws -> DatabaseTrialStore {
  let store = try openStore(address)
  return DatabaseTrialStore(try #require(store as? any DatabaseStore))
}

/// Runs a test on a store that nobody has used, removed at the end.
func withStore(
  _ kind: StoreKind, _ body: (DatabaseTrialStore, String) throws -> Void
) throws {
  try kind.withAddress { try body(try trialStore($0), $0) }
}

/// A study of two parameters.
func study(
  _ sampler: any TrialSampler = TPESampler(), pruner: (any TrialPruner)? = nil,
  budget: StudyBudget, mode: StudyMode = .asynchronous, trialLimit: Duration? = nil
) throws -> Study {
  try Study(
    "s", space: SearchSpace([.float("x", -5...5), .choice("k", ["a", "b"])]),
    objectives: [.minimize("v")], sampler: sampler, pruner: pruner, budget: budget, seed: 9,
    mode: mode, trialLimit: trialLimit)
}

/// Runs workers on threads of their own, each with its own connection.
/// - Returns: what went wrong.
func work(
  _ count: Int, _ address: String, _ sampler: any TrialSampler,
  _ pruner: (any TrialPruner)? = nil,
  _ objective: @escaping @Sendable (Trial) throws -> [Double]
) -> [String] {
  let problems = Mutex<[String]>([])
  let group = DispatchGroup()
  for index in 0..<count {
    group.enter()
    Thread.detachNewThread {
      do {
        let worker = try StudyWorker(
          "s", in: try trialStore(address), sampler: sampler, pruner: pruner,
          identity: .current("thread-\(index)"))
        try worker.run(objective: objective)
      } catch {
        problems.withLock { $0.append("\(error)") }
      }
      group.leave()
    }
  }
  group.wait()
  return problems.withLock { $0 }
}
