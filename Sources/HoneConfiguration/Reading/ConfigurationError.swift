public import HoneText

/// A configuration that cannot be used.
public enum ConfigurationError: ReportableError, Equatable {
  /// There is no such file.
  case notFound(file: String)
  /// The file is there and cannot be read.
  case unreadable(file: String, detail: String)
  /// The file says nothing.
  case empty(file: String?)
  /// The text is neither YAML nor JSON.
  case syntax(file: String?, position: SourcePosition?, detail: String)
  /// The text says things that are not allowed; at least one problem, in the file's order.
  case invalid([ConfigurationProblem])

  /// The exit status of a command that ends with this error.
  public var exitStatus: ExitStatus {
    switch self {
    case .notFound: .inputNotFound
    default: .configuration
    }
  }

  /// What came, what was expected, what to do.
  public var explanation: Localized {
    switch self {
    case .notFound(let file):
      return Localized(
        "\(file): there is no such configuration file. `hone config init` writes one.",
        korean: "\(file): 설정 파일이 없습니다. `hone config init`으로 만들 수 있습니다.")
    case .unreadable(let file, let detail):
      return Localized(
        "\(file): the configuration file cannot be read (\(detail)).",
        korean: "\(file): 설정 파일을 읽을 수 없습니다 (\(detail)).")
    case .empty(let file):
      let name = file.map { "\($0): " } ?? ""
      return Localized(
        "\(name)the configuration is empty. `hone config init` writes one to start from.",
        korean: "\(name)설정이 비어 있습니다. `hone config init`으로 시작용 설정을 만들 수 있습니다.")
    case .syntax(let file, let position, let detail):
      let place = [file, position.map { "\($0.line):\($0.column)" }].compactMap(\.self)
        .joined(separator: ":")
      let start = place.isEmpty ? "" : "\(place): "
      return Localized(
        "\(start)this is not valid YAML or JSON: \(detail).",
        korean: "\(start)올바른 YAML이나 JSON이 아닙니다: \(detail).")
    case .invalid(let problems):
      return Localized(
        problems.map(\.explanation.english).joined(separator: "\n"),
        korean: problems.map(\.explanation.korean).joined(separator: "\n"))
    }
  }
}
