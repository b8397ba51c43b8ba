/// What a process says to the shell when it ends (BSD `sysexits.h`, plus the shell's own codes).
public enum ExitStatus: Int32, Sendable, Codable {
  case done = 0
  /// The work ran and its answer is no: a diverged run, a failed gate.
  case unsuccessful = 1
  case usage = 64
  case badData = 65
  case inputNotFound = 66
  case serviceUnavailable = 69
  case internalError = 70
  case cannotCreateOutput = 73
  case inputOutput = 74
  case tryAgainLater = 75
  case configuration = 78
  case interrupted = 130
  case terminated = 143
}

/// A failure of the world that Hone explains to its user: every module's error type conforms, and
/// the command turns any of them into one message on standard error and the exit status.
public protocol ReportableError: Error, Sendable {
  /// What came, what was expected, what to do.
  var explanation: Localized { get }
  /// The exit status of a command that ends with this error.
  var exitStatus: ExitStatus { get }
}
