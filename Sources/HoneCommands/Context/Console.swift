import Foundation

/// Where a command writes: standard output and standard error, or a test's memory.
public struct Console: Sendable {
  private let output: @Sendable (String) -> Void
  private let error: @Sendable (String) -> Void

  /// A console of two writers, which receive text with its line ends.
  public init(
    output: @escaping @Sendable (String) -> Void, error: @escaping @Sendable (String) -> Void
  ) {
    self.output = output
    self.error = error
  }

  /// The process's standard output and standard error.
  public static let standard = Console(
    output: { text in try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) },
    error: { text in try? FileHandle.standardError.write(contentsOf: Data(text.utf8)) })

  /// Writes a line to standard output.
  public func printLine(_ line: String) { output(line + "\n") }

  /// Writes a line to standard error.
  public func printErrorLine(_ line: String) { error(line + "\n") }

  /// Writes text as it is to standard error; for progress bars.
  public func writeError(_ text: String) { error(text) }
}
