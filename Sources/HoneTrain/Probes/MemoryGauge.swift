import Foundation

/// The memory of this process and of the machine, as Linux tells it; nil elsewhere.
public enum MemoryGauge {
  /// Bytes that programs can still be given without swapping.
  public static var available: Int? { bytes(of: "MemAvailable", in: "/proc/meminfo") }

  /// Bytes of this process that lie in memory.
  public static var resident: Int? { bytes(of: "VmRSS", in: "/proc/self/status") }

  /// The most that `resident` has been since the process began or `resetPeak()`.
  public static var peak: Int? { bytes(of: "VmHWM", in: "/proc/self/status") }

  /// Makes `peak` begin anew.
  static func resetPeak() {
    guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
    try? file.write(contentsOf: Data("5".utf8))
    try? file.close()
  }

  private static func bytes(of name: String, in path: String) -> Int? {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
    for line in text.split(separator: "\n") where line.hasPrefix(name + ":") {
      let words = line.split(separator: " ")
      return words.count > 1 ? Int(words[1]).map { $0 * 1024 } : nil
    }
    return nil
  }
}
