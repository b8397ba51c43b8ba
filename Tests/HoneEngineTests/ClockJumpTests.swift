import Foundation
import HoneRecords
import HoneStore
import Testing

/// The system's clock set to another day every few hundredths of a second.
///
/// So a program sees it that libfaketime is loaded into. The monotonic clock goes on.
@Suite(
  "Runs while the clock jumps", .tags(.slow),
  .enabled(if: JumpingClock.library != nil, "libfaketime is not installed (package faketime)"))
struct ClockJumpTests {
  @Test("weights, epochs and times are those of a run whose clock stands")
  func weights() throws {
    let command = try BuiltCommand()
    let ended = try command.whileClockJumps(
      LongRun.arguments + ["--set", "training.checkpointEvery={seconds: 0.2}"])
    #expect(ended.status == 0, "\(ended.errors)")
    try command.expectUndisturbedResult()
    let run = try command.lastRun()
    // Whenever it began, the clock was days off.
    #expect(abs(run.created.timeIntervalSinceNow) > JumpingClock.day)
    #expect((0...JumpingClock.day).contains(run.seconds))
    for epoch in try command.store().evidence(run.id).epochs {
      #expect((0...JumpingClock.day).contains(epoch.seconds))
      #expect((0...1).contains(epoch.waitShare))
    }
  }

  @Test("a budget of time is neither cut short nor forgotten")
  func budget() throws {
    let command = try BuiltCommand()
    let ended = try command.whileClockJumps([
      "train", "digits", "--model", "mlp", "--epochs", "1000000", "--budget", "2s",
    ])
    #expect(ended.status == 0, "\(ended.errors)")
    let run = try command.lastRun()
    #expect(run.status == .stoppedEarly)
    #expect(run.seconds > 1)
    #expect(run.epochs > 1)
  }

  @Test("two workers, whose leases seem to end when the clock is set forward, finish each trial")
  func leases() throws {
    let command = try BuiltCommand()
    let ended = try command.whileClockJumps(
      [
        "search", "digits", "--model", "mlp", "--tune", "learningRate", "--trials", "4",
        "--workers",
        "2", "--epochs", "3", "--json",
      ], JumpingClock.onceForward)
    #expect(ended.status == 0, "\(ended.errors)")
    let answer = try ended.json()
    #expect(answer["trials"] as? Int == 4)
    #expect((answer["states"] as? [String: Int])?["completed"] == 4)
    let seconds = try #require(answer["seconds"] as? Double)
    #expect((0...JumpingClock.day).contains(seconds))
  }
}

/// What makes a clock jump.
enum JumpingClock {
  /// Seconds of a day.
  static let day = 86_400.0

  /// Days off, without end.
  static let backAndForth =
    "while :; do for by in -3d +30d -20d +400d; do jump $by; sleep 0.05; done; done"
  /// Set forward while workers hold leases.
  static let onceForward = "sleep 1.5; jump +400d"

  /// The library that is loaded before a program; nil where it is not installed.
  static let library: String? = {
    let files = FileManager.default
    let roots = (try? files.contentsOfDirectory(atPath: "/usr/lib")) ?? []
    return roots.map { "/usr/lib/\($0)/faketime/libfaketimeMT.so.1" }
      .first(where: files.fileExists(atPath:))
  }()
}

extension BuiltCommand {
  /// Runs `hone` to its end while its clock jumps.
  /// - Parameters:
  ///   - arguments: what it is called with.
  ///   - jumps: a script that sets the clock.
  func whileClockJumps(
    _ arguments: [String], _ jumps: String = JumpingClock.backAndForth
  ) throws -> Ended {
    let quoted = arguments.map { "'\($0)'" }.joined(separator: " ")
    // The library sets a variable before the program begins, and Swift then finds no arguments: the
    // first `env` takes that upon itself.
    return try script(
      """
      jump() { echo "$1" > clock.next && mv clock.next clock; }
      jump +0
      (\(jumps)) & jumps=$!
      env FAKETIME_TIMESTAMP_FILE="$PWD/clock" FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1 \
        LD_PRELOAD='\(JumpingClock.library ?? "")' env "$hone" \(quoted)
      status=$?; kill $jumps; exit $status
      """)
  }
}
