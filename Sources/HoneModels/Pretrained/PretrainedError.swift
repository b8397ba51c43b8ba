import HoneRecords
public import HoneText

/// A file of weights that does not belong to the model; the model is unchanged.
public enum PretrainedError: ReportableError, Equatable {
  /// No weight of the file has a name and shape of the model.
  case nothingMatched(file: String, theirs: [String], ours: [String])
  /// Names agree, but shapes of other layers than the head differ: another size of the model.
  case shapes(file: String, mismatched: [Mismatch])

  /// A name whose array has another shape than the model's.
  public struct Mismatch: Sendable, Hashable {
    /// The name in the model.
    public let name: String
    /// The shape in the model.
    public let expected: [Int]
    /// The shape in the file.
    public let found: [Int]
  }

  /// What came, what was expected, what to do.
  public var explanation: Localized {
    switch self {
    case .nothingMatched(let file, let theirs, let ours):
      Localized(
        "\(file) holds no weight of this model: its names begin \(Self.sample(theirs)), the model's "
          + "\(Self.sample(ours)). Choose the model that the file was made for.",
        korean: "\(file)에 이 모델의 가중치가 없습니다. 파일의 이름은 \(Self.sample(theirs)), 모델의 이름은 "
          + "\(Self.sample(ours))입니다. 파일에 맞는 모델을 고르십시오.")
    case .shapes(let file, let mismatched):
      Localized(
        "\(file) is for a model of another size. Shapes in the file, and in the model: "
          + "\(Self.sample(mismatched)). Choose the model's variant that the file was made for.",
        korean: "\(file)은(는) 크기가 다른 모델의 파일입니다. 파일의 모양과 모델의 모양: "
          + "\(Self.sample(mismatched)). 파일에 맞는 모델 변형을 고르십시오.")
    }
  }

  /// The exit status of a command that ends with this error.
  public var exitStatus: ExitStatus { .badData }

  private static func sample(_ names: [String]) -> String { PretrainedRecord.listed(names) }

  private static func sample(_ mismatched: [Mismatch]) -> String {
    sample(mismatched.map { "\($0.name) \($0.found), \($0.expected)" })
  }
}
