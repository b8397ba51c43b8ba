import Foundation
import HoneRecords
import HoneStore
import Testing

extension BuiltCommand {
  /// The store that the commands write.
  func store() throws -> SQLiteStore {
    try SQLiteStore(
      path: folder.appending(path: ".hone/hone.sqlite").path, createsIfMissing: false)
  }

  /// The newest run.
  func lastRun() throws -> RunRecord { try store().find("last") }

  /// The folder of a run.
  func folder(of run: RunRecord) -> URL { folder.appending(path: ".hone/runs/\(run.id)") }

  /// The names in a run's folder, the lock left out.
  func files(of run: RunRecord) throws -> Set<String> {
    Set(try FileManager.default.contentsOfDirectory(atPath: folder(of: run).path))
      .subtracting(["training.lock"])
  }

  /// Whether the store has runs; false where there is no store.
  func hasRuns() -> Bool {
    ((try? store().runs(matching: RunFilter())) ?? []).isEmpty == false
  }

  /// The tensors of a run's model, bit for bit: names, shapes and bytes, without the description.
  func weights(of run: RunRecord) throws -> Weights {
    try Weights(folder(of: run).appending(path: "model.safetensors"))
  }
}

/// The tensors of a safetensors file.
struct Weights: Equatable, Sendable {
  private let header: Data
  private let bytes: Data

  init(_ file: URL) throws {
    let data = try Data(contentsOf: file)
    let length = data.prefix(8).enumerated().reduce(0) { $0 + Int($1.element) << (8 * $1.offset) }
    let text = data.dropFirst(8).prefix(length)
    var entries = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
    entries["__metadata__"] = nil
    header = try JSONSerialization.data(withJSONObject: entries, options: .sortedKeys)
    bytes = Data(data.dropFirst(8 + length))
  }

  /// Whether no number is infinite or not a number; for files of 32-bit floats alone.
  var areFinite: Bool {
    let numbers = bytes.withUnsafeBytes { raw in
      stride(from: 0, to: raw.count - 3, by: 4).map {
        raw.loadUnaligned(fromByteOffset: $0, as: Float.self)
      }
    }
    return numbers.allSatisfy(\.isFinite)
  }
}
