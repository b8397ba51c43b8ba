import Foundation
import HoneData
import Testing

/// Files beside the tests, real data where they are installed, and folders that tests write into.
enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Fixtures")

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  /// The folder that HONE_DATA names; nil where it is not set or not there.
  static let home: URL? = ProcessInfo.processInfo.environment["HONE_DATA"].flatMap { path in
    FileManager.default.fileExists(atPath: path) ? URL(fileURLWithPath: path) : nil
  }

  static func hasData(_ name: String) -> Bool {
    guard let home else { return false }
    return FileManager.default.fileExists(atPath: home.appendingPathComponent(name).path)
  }
}

/// A folder that is deleted with its owner.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("hone-data-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var path: String { url.path }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  @discardableResult
  func write(_ content: [UInt8], to name: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(content).write(to: file)
    return file.path
  }

  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(Array(text.utf8), to: name)
  }

  /// Writes an image of the fixtures under another name.
  func copy(_ fixture: String, to names: String...) throws {
    for name in names { try write(try Fixtures.bytes(fixture), to: name) }
  }

  /// Writes an IDX file.
  func writeIDX(_ extents: [Int], _ content: [UInt8], to name: String) throws {
    var bytes: [UInt8] = [0, 0, 8, UInt8(extents.count)]
    for extent in extents {
      for shift in [24, 16, 8, 0] { bytes.append(UInt8(extent >> shift & 255)) }
    }
    try write(bytes + content, to: name)
  }
}

/// The error of a call that must fail, as `DataError`.
func dataError<R>(_ body: () throws -> R) -> DataError? {
  do {
    _ = try body()
    return nil
  } catch let error as DataError {
    return error
  } catch {
    Issue.record(error, "This is no DataError.")
    return nil
  }
}
