import Foundation

/// What one run of a workload found; printed as one line of JSON.
struct Measurement: Encodable {
  /// Seconds of one step or operation; nil where the driver holds the clock.
  var seconds: Double?
  /// The last loss, which shows that the work was done.
  var loss: Double?
  /// The largest resident size of the process, in bytes.
  var peakMemory: Int?
  /// Who did the work.
  var library: String

  /// Seconds of one of `count` calls.
  static func seconds(_ count: Int, _ body: (Int) -> Void) -> Double {
    let clock = ContinuousClock()
    let elapsed = clock.measure { for index in 0..<count { body(index) } }
    return (elapsed / count) / .seconds(1)
  }

  /// The largest resident size so far, as Linux counts it; nil elsewhere.
  static func largestResidentSize() -> Int? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kibibytes = line.split(whereSeparator: \.isWhitespace).dropFirst().first
    else { return nil }
    return Int(kibibytes).map { $0 * 1024 }
  }
}
