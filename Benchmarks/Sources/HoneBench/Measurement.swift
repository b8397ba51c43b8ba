import Foundation

/// What one run of a workload found; printed as one line of JSON.
struct Measurement: Encodable {
  /// Seconds of one step or operation; nil where the driver holds the clock.
  var seconds: Double?
  /// Seconds of processor time of one step or operation, all threads together.
  var processorSeconds: Double?
  /// The last loss, which shows that the work was done.
  var loss: Double?
  /// The largest resident size of the process, in bytes.
  var peakMemory: Int?
  /// Who did the work.
  var library: String

  /// Times `count` calls.
  mutating func time(_ count: Int, _ body: (Int) -> Void) {
    let processor = Self.processorTime()
    let elapsed = ContinuousClock().measure { for index in 0..<count { body(index) } }
    processorSeconds = (Self.processorTime() - processor) / Double(count)
    seconds = (elapsed / count) / .seconds(1)
  }

  /// Times a call that says how many things it did.
  mutating func time(_ body: () throws -> Int) rethrows {
    let processor = Self.processorTime()
    var count = 1
    let elapsed = try ContinuousClock().measure { count = try body() }
    processorSeconds = (Self.processorTime() - processor) / Double(count)
    seconds = (elapsed / count) / .seconds(1)
  }

  private static func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
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
