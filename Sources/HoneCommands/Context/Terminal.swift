import Foundation

/// What the places a command writes to can show.
public struct Terminal: Sendable, Equatable {
  /// Whether standard output is a terminal.
  public var outputIsTerminal: Bool
  /// Whether standard error is a terminal.
  public var errorIsTerminal: Bool
  /// Columns.
  public var width: Int
  /// Whether colours are wanted: a terminal, no `NO_COLOR`, not `TERM=dumb`.
  public var usesColor: Bool

  /// Capabilities.
  public init(outputIsTerminal: Bool, errorIsTerminal: Bool, width: Int, usesColor: Bool) {
    self.outputIsTerminal = outputIsTerminal
    self.errorIsTerminal = errorIsTerminal
    self.width = width
    self.usesColor = usesColor
  }

  /// No terminal at all: a file, a pipe, a test.
  public static let none = Terminal(
    outputIsTerminal: false, errorIsTerminal: false, width: 80, usesColor: false)

  /// The process's own.
  static func current(environment: [String: String]) -> Terminal {
    let output = isatty(1) == 1
    let noColor = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
    var size = winsize()
    let known = ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return Terminal(
      outputIsTerminal: output, errorIsTerminal: isatty(2) == 1,
      width: known ? Int(size.ws_col) : 80,
      usesColor: output && !noColor && environment["TERM"] != "dumb")
  }

  /// Text in an ANSI style, or as it is where colours are not wanted.
  func styled(_ text: String, _ style: Style) -> String {
    usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// An ANSI style.
  enum Style: Int {
    case bold = 1
    case dim = 2
    case red = 31
    case green = 32
    case yellow = 33
  }
}
