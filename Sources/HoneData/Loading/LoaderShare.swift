import HoneNumerics

/// A process's part of every batch, where several train one model together.
///
/// Parts lie side by side and differ by one sample at most; together they are the batch that a single
/// process would have.
public struct LoaderShare: Sendable, Equatable {
  /// Which part, from 0.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// A part.
  /// - Precondition: `index` is in `0..<count`.
  public init(index: Int, count: Int) {
    guard count > 0, (0..<count).contains(index) else {
      fatalError("LoaderShare has no part \(index) of \(count); parts count from 0.")
    }
    self.index = index
    self.count = count
  }

  /// The part's rows of a batch of so many; none where a batch has too few to go round.
  public func rows(of batch: Int) -> Range<Int> {
    index * batch / count..<(index + 1) * batch / count
  }

  /// The rows to compute with: the part's own, or the batch's first where it has none, so that all
  /// processes take the same steps.
  func computedRows(of batch: Int) -> Range<Int> {
    let rows = rows(of: batch)
    return rows.isEmpty ? 0..<min(1, batch) : rows
  }
}

extension HostBatch {
  /// Some rows of the batch.
  package func part(_ rows: Range<Int>) -> HostBatch {
    HostBatch(
      inputs: inputs.part(rows), targets: targets.part(rows), softLabels: softLabels?.part(rows),
      indices: Array(indices[rows]))
  }
}

extension HostTensor {
  /// Some rows along the first dimension.
  fileprivate func part(_ rows: Range<Int>) -> HostTensor {
    let width = shape.dropFirst().reduce(dtype.size, *)
    let wanted = withUnsafeBytes { bytes in
      [UInt8](bytes[rows.lowerBound * width..<rows.upperBound * width])
    }
    return HostTensor(
      dtype: dtype, shape: [rows.count] + shape.dropFirst(), bytes: wanted)
  }
}
