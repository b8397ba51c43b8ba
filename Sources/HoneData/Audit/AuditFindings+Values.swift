import HoneRecords
import HoneText

extension AuditFindings {
  private static let mostOutliers = 0.02
  private static let mostMissing = 0.5

  var mixedValueRanges: Finding? {
    let count = record.dimImages.count
    guard count > 0 else { return nil }
    var finding = Finding(
      id: .mixedValueRanges, severity: .critical, confidence: 0.8,
      evidence: [
        Evidence(
          signal: "dimImages", value: Double(count), threshold: 0, comparison: .above,
          source: "largest pixel at most a fiftieth of full light")
      ],
      remedies: [
        Remedy(
          id: "one-value-range", change: [:], effort: .manual,
          rationale: Localized(
            "Store all images from 0 to 255.", korean: "모든 이미지를 0에서 255 범위로 저장하십시오."))
      ],
      message: Localized(
        "\(count) images use only the bottom of the value range, as if they had been stored from 0 to 1 "
          + "among others from 0 to 255.",
        korean: "이미지 \(count)개의 값이 범위의 맨 아래에만 있습니다. 0~255 이미지 사이에 0~1로 저장된 이미지가 섞인 것으로 "
          + "보입니다."))
    finding.examples = record.dimImages.prefix(Self.mostExamples).map {
      FindingExample(
        samples: [name($0)], detail: Localized("almost black", korean: "거의 검은색입니다"))
    }
    return finding
  }

  var missingValues: Finding? {
    let shares = record.missingValues.map { (name: $0, share: Double($1) / Double(record.samples)) }
      .filter { $0.share > Self.mostMissing }
      .sorted { ($1.share, $0.name) < ($0.share, $1.name) }
    guard let worst = shares.first else { return nil }
    var finding = Finding(
      id: .missingValues, severity: .info, confidence: 1,
      evidence: shares.prefix(8).map {
        Evidence(
          signal: "missing.\($0.name)", value: $0.share, threshold: Self.mostMissing,
          comparison: .above, source: "share of all samples")
      },
      remedies: [
        Remedy(
          id: "leave-out-column", change: ["data.columns.\(worst.name)": "ignore"], effort: .short,
          rationale: Localized(
            "A column that is mostly filled in by guesses says little.",
            korean: "대부분을 추정값으로 채운 열에는 정보가 거의 없습니다."))
      ],
      message: Localized(
        "\(shares.count) columns are missing in more than half of the samples, '\(worst.name)' in "
          + "\(Self.percent(worst.share)).",
        korean: "표본의 절반 넘게 비어 있는 열이 \(shares.count)개입니다. '\(worst.name)'은(는) "
          + "\(Self.percent(worst.share))가 비어 있습니다."))
    finding.examples = missingExample(worst.name)
    return finding
  }

  /// Rows that lack a column.
  private func missingExample(_ column: String) -> [FindingExample]? {
    guard case .table(let table) = dataset.samples,
      let place = table.columns.firstIndex(where: { $0.name == column })
    else { return nil }
    let rows = (0..<table.count).lazy.filter {
      table.values[$0 * table.columns.count + place].isNaN
    }
    return [
      FindingExample(
        samples: rows.prefix(Self.samplesOfOne).map(name),
        detail: Localized("'\(column)' is missing", korean: "'\(column)' 값이 비어 있습니다"))
    ]
  }

  var outliers: Finding? {
    let samples = Set(record.outliers.map(\.sample))
    let share = Double(samples.count) / Double(max(1, record.samples))
    // What is common is no slip of the pen.
    guard !samples.isEmpty, share <= Self.mostOutliers else { return nil }
    var finding = Finding(
      id: .outliers, severity: .info, confidence: 0.7,
      evidence: [
        Evidence(
          signal: "outliers", value: Double(samples.count), threshold: 0, comparison: .above,
          source: "25 widths of the middle half beyond it, 5 in logarithms (after Tukey 1977)")
      ],
      remedies: [
        Remedy(
          id: "check-outliers", change: [:], effort: .manual,
          rationale: Localized(
            "Slips of the pen and codes for missing values pull scales and gradients.",
            korean: "오기나 결측을 나타내는 값이 섞이면 스케일과 기울기가 치우칩니다."))
      ],
      message: Localized(
        "\(samples.count) samples have values far from all others.",
        korean: "다른 값과 크게 동떨어진 값을 가진 표본이 \(samples.count)개 있습니다."))
    finding.examples = record.outliers.prefix(Self.mostExamples).map { outlier in
      let value = Self.rounded(outlier.value)
      return FindingExample(
        samples: [name(outlier.sample)],
        detail: Localized(
          "\(outlier.property) is \(value)", korean: "\(outlier.property) 값이 \(value)입니다"))
    }
    return finding
  }

  static func rounded(_ value: Double) -> String { Formatting.significant(value) }

  static func scientific(_ value: Double) -> String { Formatting.significant(value) }
}
