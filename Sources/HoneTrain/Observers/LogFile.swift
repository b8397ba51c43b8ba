import Foundation
import HoneNumerics

/// A text file that a run adds lines to as it goes; a resumed run goes on in the file of its first
/// part.
final class LogFile {
  let path: String
  private var handle: FileHandle?

  init(path: String) { self.path = path }

  /// The lines that are there; none where there is no file.
  var lines: [String] {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").map(String.init)
  }

  /// Replaces the file by some lines and goes on behind them.
  /// - Throws: `FileError` where the disk refuses.
  func begin(with lines: [String]) throws(FileError) {
    let folder = (path as NSString).deletingLastPathComponent
    if !folder.isEmpty {
      try? FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    }
    try AtomicFile.write(lines.map { $0 + "\n" }.joined(), to: path)
    handle = FileHandle(forWritingAtPath: path)
    do {
      guard let handle else {
        throw FileError.cannotCreate(path: path, reason: String(cString: strerror(errno)))
      }
      _ = try handle.seekToEnd()
    } catch let error as FileError {
      throw error
    } catch {
      throw .inputOutput(path: path, reason: error.localizedDescription)
    }
  }

  /// Adds a line.
  /// - Throws: `FileError` where the disk refuses.
  func add(_ line: String) throws(FileError) {
    do {
      try handle?.write(contentsOf: Data((line + "\n").utf8))
    } catch {
      throw .inputOutput(path: path, reason: error.localizedDescription)
    }
  }

  /// Closes the file.
  func close() {
    try? handle?.close()
    handle = nil
  }
}
