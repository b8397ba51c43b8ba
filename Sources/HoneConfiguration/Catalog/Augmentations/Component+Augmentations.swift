import HoneRecords
import HoneText

/// Keys that several augmentations have.
enum AugmentationKeys {
  static let probability = Parameter(
    "probability", .number(.share), "the share of samples changed", korean: "바꿀 샘플의 비율")
  static let interpolation = Parameter(
    "interpolation", words(Augmentation.Interpolation.self), "how pixels between pixels are found",
    korean: "픽셀 사이의 값을 구하는 방법")
  static let fill = Parameter(
    "fill", .number(NumberRange(lower: 0, upper: 255)),
    "the light of what is uncovered, 0 to 255", korean: "드러난 자리의 밝기(0~255)")
  static let mode = Parameter(
    "mode", words(Augmentation.Padding.self), "what lies beyond the edge", korean: "가장자리 바깥을 채우는 방법"
  )
  static let steps = Parameter(
    "steps", .list(.component(.augmentations), 1...Int.max), "the steps", korean: "단계들",
    isRequired: true)

  static func words<Word: RawRepresentable & CaseIterable>(_: Word.Type) -> ValueShape
  where Word.RawValue == String {
    .choice(Word.allCases.map(\.rawValue))
  }

  /// A lower and an upper bound.
  static func range(
    _ name: String, _ bounds: NumberRange, _ english: String, korean: String
  ) -> Parameter {
    Parameter(name, .list(.number(bounds), 2...2), english, korean: korean)
  }

  static func number(
    _ name: String, _ bounds: NumberRange, _ english: String, korean: String
  ) -> Parameter {
    Parameter(name, .number(bounds), english, korean: korean)
  }

  static func count(
    _ name: String, _ bounds: ClosedRange<Int>, _ english: String, korean: String,
    isRequired: Bool = false
  ) -> Parameter {
    Parameter(name, .integer(bounds), english, korean: korean, isRequired: isRequired)
  }

  /// What is wrong where the first number of a range is above the second.
  static func disorder(_ names: String...) -> @Sendable (ParameterValues) -> Localized? {
    { values in
      for name in names {
        guard case .list(let bounds)? = values[name], bounds.count == 2,
          let low = number(bounds[0]), let high = number(bounds[1]), low > high
        else { continue }
        return Localized(
          "\(name) must not begin above its end.", korean: "\(name)의 시작이 끝보다 클 수 없습니다.")
      }
      return nil
    }
  }

  private static func number(_ value: ConfigurationValue) -> Double? {
    switch value {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

extension Component {
  static let augmentations: [Component] = augmentationGroups.flatMap(\.components)

  static let augmentationGroups: [(heading: Localized?, components: [Component])] = [
    (
      Localized("For images", korean: "이미지용"),
      geometricAugmentations + colorAugmentations + qualityAugmentations + erasingAugmentations
        + policyAugmentations
    ),
    (Localized("For texts", korean: "텍스트용"), textAugmentations),
    (Localized("Made of other steps", korean: "여러 단계의 조합"), combinedAugmentations),
  ]
}
