import HoneNumerics
import HoneRecords
public import HoneText
import Synchronization

/// What a loader does about a sample that cannot be read.
public enum FailurePolicy: String, Sendable, Codable, CaseIterable {
  /// Throws an error that names the sample and its file.
  case fail = "throw"
  /// Leaves the sample out: its batch holds fewer.
  case skip
  /// Takes another sample of the loader in its place, drawn by seed, epoch and sample.
  case replace
}

/// The samples that a loader could not read and went on without.
public struct LoadingFailures: Sendable, Equatable {
  /// How many different samples there are.
  public var count = 0
  /// The first of them to be met, by name, each with what was wrong with it.
  public var first: [Failure] = []

  /// A sample that could not be read.
  public struct Failure: Sendable, Equatable {
    /// The sample's number in its data set.
    public let index: Int
    /// The sample's file, or its place in one.
    public let name: String
    /// What was wrong.
    public let reason: Localized
  }
}

/// Counts failures for all threads of a loader.
final class FailureTally: Sendable {
  /// As many failures are kept by name.
  private static let namedCount = 20
  private let state = Mutex((seen: Set<Int>(), failures: LoadingFailures()))

  var failures: LoadingFailures { state.withLock { $0.failures } }

  func count(_ index: Int, _ name: String, _ cause: DataError) {
    state.withLock { state in
      guard state.seen.insert(index).inserted else { return }
      state.failures.count += 1
      guard state.failures.first.count < Self.namedCount else { return }
      state.failures.first.append(
        LoadingFailures.Failure(index: index, name: name, reason: cause.explanation))
    }
  }
}

/// What an assembler does about samples that cannot be read.
struct FailureRecovery: Sendable {
  let policy: FailurePolicy
  /// The samples that others are replaced by.
  let candidates: [Int]
  let seed: UInt64
  let tally: FailureTally

  /// The samples to try in place of one, the same whenever they are asked for.
  func substitutes(for index: Int, epoch: Int?) -> [Int] {
    guard !candidates.isEmpty else { return [] }
    var stream = RandomStream(seed: seed, "replacement", epoch ?? 0, index)
    return (0..<16).map { _ in candidates[stream.index(below: candidates.count)] }
  }
}
