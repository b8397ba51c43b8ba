public import HoneNumerics
public import HoneText

/// Why a stored state does not fit an optimiser or an average.
public enum OptimizerStateError: ReportableError, Equatable, CustomStringConvertible {
  /// The state was written by another kind of optimiser.
  case kind(found: String, expected: String)
  /// A number or an array that the optimiser needs is not there.
  case missing(name: String)
  /// An array that the optimiser has no use for.
  case unexpected(name: String)
  /// An array of another shape or element type than its parameter.
  case shape(
    name: String, found: [Int], foundType: DType, expected: [Int], expectedType: DType)

  /// The explanation in English.
  public var description: String { explanation.english }

  /// What came, what was expected, what to do.
  public var explanation: Localized {
    switch self {
    case .kind(let found, let expected):
      Localized(
        "The stored state is one of \(found), but \(expected) was expected.",
        korean: "저장된 상태는 \(found)의 것이지만 \(expected)이(가) 필요합니다.") + Self.advice
    case .missing(let name):
      Localized(
        "The stored state lacks '\(name)'.", korean: "저장된 상태에 '\(name)'이(가) 없습니다.")
        + Self.advice
    case .unexpected(let name):
      Localized(
        "The stored state holds '\(name)', which belongs to no parameter.",
        korean: "저장된 상태에 어느 매개변수에도 속하지 않는 '\(name)'이(가) 있습니다.") + Self.advice
    case .shape(let name, let found, let foundType, let expected, let expectedType):
      Localized(
        "'\(name)' of the stored state is \(foundType) of shape \(found), but the parameter needs "
          + "\(expectedType) of shape \(expected).",
        korean: "저장된 상태의 '\(name)'은(는) 형상 \(found)의 \(foundType)이지만 매개변수에는 형상 "
          + "\(expected)의 \(expectedType)이 필요합니다.") + Self.advice
    }
  }

  /// The exit status of a command that ends with this error.
  public var exitStatus: ExitStatus { .badData }

  private static let advice = Localized(
    "Resume with the model and settings that the run was started with.",
    korean: "실행을 시작할 때의 모델과 설정으로 이어서 하십시오.")
}
