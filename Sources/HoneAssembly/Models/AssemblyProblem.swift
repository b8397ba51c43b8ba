import HoneConfiguration
import HoneText

extension Configuration {
  /// The error for a configuration that is well-formed and yet cannot be carried out with these data,
  /// at the place of a key.
  func problem(at path: String, _ sentence: Localized) -> ConfigurationError {
    .invalid([
      ConfigurationProblem(
        file: source.file, position: source.position(of: path), path: path,
        reason: .inconsistent(sentence))
    ])
  }

  /// The error for a feature that the grammar knows and this version does not carry out.
  func unsupported(_ path: String, _ value: String) -> ConfigurationError {
    problem(
      at: path,
      Localized(
        "\(value) is not supported by this version of Hone. Remove it from the configuration.",
        korean: "이 버전의 Hone은 \(value)을(를) 지원하지 않습니다. 설정에서 제거하십시오."))
  }
}
