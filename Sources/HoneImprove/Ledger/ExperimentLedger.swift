import Foundation
import HoneNumerics
import HoneRecords

/// The results of finished models, kept in a file as they come, so that an interrupted improvement goes
/// on where it stood.
///
/// Each line is a map of its key, the seconds spent so far and its value. A line that a crash left
/// unfinished is dropped.
public final class ExperimentLedger {
  private struct Line<Value: Codable>: Codable {
    var key: String
    var elapsed: Double
    var value: Value
  }

  private var known: [String: Data] = [:]
  private let file: FileHandle?
  private let elapsed: () -> Double
  /// Seconds that were spent before this part of the improvement.
  public private(set) var secondsBefore = 0.0

  /// A ledger that keeps nothing on disk.
  public init() {
    file = nil
    elapsed = { 0 }
  }

  /// A ledger in a file, which goes on where the file ends.
  /// - Parameters:
  ///   - path: the file; its folder must be there.
  ///   - subject: what the experiments are about; a file about something else is refused.
  ///   - elapsed: the seconds of this part so far.
  /// - Throws: `ImprovementError.otherLedger`; `FileError` where the disk refuses.
  public init(path: String, subject: String, elapsed: @escaping () -> Double) throws {
    struct Head: Decodable {
      var key: String
      var elapsed: Double
    }
    var whole = Data()
    let bytes = FileManager.default.contents(atPath: path) ?? Data()
    var isOther = false
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard let head = try? CanonicalJSON.decode(Head.self, from: Data(line)) else { break }
      if head.key == "subject" {
        let written = try? CanonicalJSON.decode(Line<String>.self, from: Data(line)).value
        isOther = written != subject
      }
      known[head.key] = Data(line)
      secondsBefore = max(secondsBefore, head.elapsed)
      whole += line + [UInt8(ascii: "\n")]
    }
    if isOther { throw ImprovementError.otherLedger(path) }
    try AtomicFile.write(String(decoding: whole, as: UTF8.self), to: path)
    guard let handle = FileHandle(forWritingAtPath: path) else {
      throw FileError.cannotCreate(path: path, reason: "it cannot be opened for writing")
    }
    _ = try? handle.seekToEnd()
    file = handle
    let before = secondsBefore
    self.elapsed = { before + elapsed() }
    _ = try value("subject") { subject }
  }

  /// The value of a key: as it was kept, or made and kept now.
  /// - Parameter isKept: whether a value is worth keeping.
  func value<Value: Codable>(
    _ key: String, isKept: (Value) -> Bool = { _ in true }, make: () throws -> Value
  ) throws -> Value {
    if let line = known[key], let found = try? CanonicalJSON.decode(Line<Value>.self, from: line) {
      return found.value
    }
    let value = try make()
    guard isKept(value) else { return value }
    let line = try CanonicalJSON.encode(Line(key: key, elapsed: elapsed(), value: value))
    try file?.write(contentsOf: line + [UInt8(ascii: "\n")])
    known[key] = line
    return value
  }

  /// The value of a key, where one was kept.
  func kept<Value: Codable>(_ key: String, as type: Value.Type) -> Value? {
    known[key].flatMap { try? CanonicalJSON.decode(Line<Value>.self, from: $0).value }
  }
}
