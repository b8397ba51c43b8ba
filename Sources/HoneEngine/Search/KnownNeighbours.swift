import HoneData
import HoneRecords
import Synchronization

/// What nearest neighbours reach on the samples of a study: the same for every trial that prepares them
/// alike, so that one of them measures it.
final class KnownNeighbours: Sendable {
  private struct Known {
    let preprocessor: Preprocessor
    let record: NeighbourRecord
  }

  private let known = Mutex<Known?>(nil)

  /// What an earlier trial found; nil where none prepared its samples like this.
  func record(preparedBy preprocessor: Preprocessor) -> NeighbourRecord? {
    known.withLock { $0?.preprocessor == preprocessor ? $0?.record : nil }
  }

  /// Keeps what a trial has found, if anything.
  func keep(_ record: NeighbourRecord?, preparedBy preprocessor: Preprocessor) {
    guard let record else { return }
    known.withLock { $0 = Known(preprocessor: preprocessor, record: record) }
  }
}
