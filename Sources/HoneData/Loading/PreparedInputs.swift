import Synchronization

/// The inputs of samples that come out the same in every epoch: made once, copied from then on.
///
/// For small data in memory, where making a row costs many times what copying it does.
struct PreparedInputs: Sendable {
  /// Bytes that are kept at most: made in some milliseconds, so that the first batch comes as soon.
  static let mostBytes = 4 << 20

  private let size: Int
  private let values: [Float]
  /// The row of each sample; -1 where it has none.
  private let rows: [Int32]

  /// Makes the inputs of some samples; those that cannot be made are left out.
  /// - Parameters:
  ///   - size: the numbers of an input.
  ///   - fill: writes a sample's input.
  init(
    of samples: [Int], size: Int, fill: (Int, UnsafeMutablePointer<Float>) throws -> Void
  ) {
    let different = Set(samples).sorted()
    var rows = [Int32](repeating: -1, count: (different.last ?? -1) + 1)
    values = [Float](unsafeUninitializedCapacity: different.count * size) { buffer, initialized in
      initialized = 0
      guard let base = buffer.baseAddress else { return }
      for sample in different {
        let made: Void? = try? fill(sample, base + initialized)
        guard made != nil else { continue }
        rows[sample] = Int32(initialized / max(1, size))
        initialized += size
      }
    }
    self.rows = rows
    self.size = size
  }

  /// Copies inputs of samples one behind the other.
  ///
  /// One loop with nothing else in it: reads of rows that lie anywhere then wait for memory together.
  /// - Returns: whether there is an input for each; if not, nothing of the copy is to be used.
  func copy(_ samples: [Int], to target: UnsafeMutablePointer<Float>) -> Bool {
    values.withUnsafeBufferPointer { values in
      rows.withUnsafeBufferPointer { rows in
        guard let base = values.baseAddress else { return false }
        var place = target
        for sample in samples {
          guard rows.indices.contains(sample), rows[sample] >= 0 else { return false }
          place.update(from: base + Int(rows[sample]) * size, count: size)
          place += size
        }
        return true
      }
    }
  }
}

/// A loader's prepared inputs, made when an epoch first asks for them.
final class PreparedInputsStore: Sendable {
  private let state = Mutex<PreparedInputs?>(nil)

  /// The inputs; made by the body the first time.
  func inputs(_ make: () -> PreparedInputs) -> PreparedInputs {
    state.withLock { state in
      if let state { return state }
      let made = make()
      state = made
      return made
    }
  }
}
