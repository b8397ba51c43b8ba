import HoneNumerics

/// Puts texts of like length into one batch, so that little is padded.
///
/// A shuffled epoch is cut into windows of many batches; within a window samples are sorted by length
/// and cut into batches, whose order is then drawn: batches differ from epoch to epoch, and lengths
/// come in no order.
struct LengthBuckets: Sendable {
  let lengths: @Sendable (Int) -> Int
  let batchSize: Int

  /// Enough that a window's batches are of nearly one length, few enough that batches mix anew.
  private static let batchesPerWindow = 50

  /// The same samples with like lengths beside each other; an incomplete last batch stays last.
  func arranged(_ samples: [Int], using stream: inout RandomStream) -> [Int] {
    let whole = samples.count / batchSize * batchSize
    let window = batchSize * LengthBuckets.batchesPerWindow
    var batches: [ArraySlice<Int>] = []
    for start in stride(from: 0, to: whole, by: window) {
      let part = samples[start..<min(whole, start + window)]
      let sorted = part.enumerated().sorted {
        (lengths($0.element), $0.offset) < (lengths($1.element), $1.offset)
      }.map(\.element)
      batches += stride(from: 0, to: sorted.count, by: batchSize).map {
        sorted[$0..<($0 + batchSize)]
      }
    }
    return stream.permutation(batches.count).flatMap { batches[$0] } + samples[whole...]
  }
}
