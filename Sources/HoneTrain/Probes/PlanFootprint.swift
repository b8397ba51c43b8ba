import HoneNN
import HoneNumerics
import HoneOptim
import HoneTensor

/// Digests of all that a probe might change: equal before and after where it left everything alone.
public struct PlanFootprint: Sendable, Equatable {
  /// Weights and running statistics.
  public let weights: String
  /// The optimiser.
  public let optimizer: String
  /// The process's generator.
  public let random: String

  /// The present state of a plan.
  ///
  /// Copies weights and optimiser to host memory.
  public init(of plan: TrainingPlan) {
    weights = plan.model.stateDictionary.quickDigest
    var digest = QuickDigest()
    let state = plan.optimizer.state
    digest.update(state.kind)
    for name in state.scalars.keys.sorted() {
      digest.update("\(name) \(state.scalars[name] ?? 0)")
    }
    for entry in state.tensors {
      digest.update(entry.name)
      entry.value.bytes.withUnsafeBytes { digest.update($0) }
    }
    optimizer = digest.hexDigest
    var generator = QuickDigest()
    Torch.randomState().hostTensor().bytes.withUnsafeBytes { generator.update($0) }
    random = generator.hexDigest
  }

  /// What differs from another state: `weights`, `optimizer`, `randomState`.
  public func differences(from other: PlanFootprint) -> [String] {
    [
      weights == other.weights ? nil : "weights",
      optimizer == other.optimizer ? nil : "optimizer",
      random == other.random ? nil : "randomState",
    ].compactMap { $0 }
  }
}
