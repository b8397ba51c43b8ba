public import HoneText

/// Input from which no metric can be computed.
public enum MetricError: ReportableError, Equatable {
  /// A value is not a number or infinite.
  case notFinite(name: String, index: Int)
  /// A probability is not in 0...1.
  case notAProbability(name: String, index: Int, value: Double)
  /// A class is not one of those there are.
  case classOutOfRange(name: String, index: Int, found: Int, classes: Int)
  /// A list has the wrong length.
  case lengths(name: String, found: Int, expected: Int)

  /// What came, what was expected.
  public var explanation: Localized {
    switch self {
    case .notFinite(let name, let index):
      Localized(
        "\(name)[\(index)] is not a finite number, so no metric has a meaning. Look for NaN or "
          + "infinity in the model's outputs or the data.",
        korean: "\(name)[\(index)]이(가) 유한한 수가 아니어서 지표를 계산할 수 없습니다. 모델 출력이나 "
          + "데이터에 NaN 또는 무한대가 있는지 확인하십시오.")
    case .notAProbability(let name, let index, let value):
      Localized(
        "\(name)[\(index)] is \(value); a probability lies in 0...1. Apply softmax or sigmoid first.",
        korean: "\(name)[\(index)]은(는) \(value)입니다. 확률은 0과 1 사이여야 합니다. softmax나 "
          + "sigmoid를 먼저 적용하십시오.")
    case .classOutOfRange(let name, let index, let found, let classes):
      Localized(
        "\(name)[\(index)] is the class \(found), which is not in 0..<\(classes).",
        korean: "\(name)[\(index)]의 클래스 \(found)은(는) 0..<\(classes) 범위를 벗어났습니다.")
    case .lengths(let name, let found, let expected):
      Localized(
        "\(name) has \(found) values where \(expected) were expected.",
        korean: "\(name)의 값은 \(found)개이지만 \(expected)개가 필요합니다.")
    }
  }

  /// Bad data.
  public var exitStatus: ExitStatus { .badData }
}

extension MetricError {
  static func checkFinite(_ values: [Float], _ name: String) throws(MetricError) {
    guard let index = values.firstIndex(where: { !$0.isFinite }) else { return }
    throw .notFinite(name: name, index: index)
  }

  static func checkProbabilities(_ values: [Float], _ name: String) throws(MetricError) {
    try checkFinite(values, name)
    guard let index = values.firstIndex(where: { !(0...1).contains($0) }) else { return }
    throw .notAProbability(name: name, index: index, value: Double(values[index]))
  }

  static func checkClasses(
    _ values: [Int], _ name: String, classes: Int
  ) throws(MetricError) {
    guard let index = values.firstIndex(where: { !(0..<classes).contains($0) }) else { return }
    throw .classOutOfRange(name: name, index: index, found: values[index], classes: classes)
  }

  static func checkCount(_ found: Int, _ name: String, _ expected: Int) throws(MetricError) {
    if found != expected { throw .lengths(name: name, found: found, expected: expected) }
  }
}
