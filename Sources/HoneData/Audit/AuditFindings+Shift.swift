import HoneRecords
import HoneText

extension AuditFindings {
  /// All tests together raise a false alarm once in a hundred audits.
  private static let level = 0.01
  /// Smaller differences between splits are of no consequence.
  private static let smallestShift = 0.1

  var distributionShift: Finding? {
    let shifted = record.shift.filter(Self.isShift)
      .sorted { ($1.size, $0.property) < ($0.size, $1.property) }
    guard let worst = shifted.first else { return nil }
    let names = shifted.prefix(4).map { "\($0.property) (\($0.pair))" }.joined(separator: ", ")
    var finding = Finding(
      id: .distributionShift, severity: worst.size >= 0.3 ? .critical : .warning, confidence: 0.95,
      evidence: shifted.prefix(8).flatMap { result in
        [
          Evidence(
            signal: "\(result.split).\(result.property)", value: result.size,
            threshold: Self.smallestShift, comparison: .above,
            source: ShiftResult.classifiers.contains(result.property)
              ? "Lopez-Paz and Oquab 2017, arXiv 1610.06545"
              : "two-sample test, p = \(Self.scientific(result.adjusted)) by Holm's correction")
        ]
      },
      remedies: [
        Remedy(
          id: "draw-splits-again", change: [:], effort: .manual,
          rationale: Localized(
            "Draw all splits from the same pool, or collect training data that look like what the "
              + "model will meet.",
            korean: "모든 분할을 같은 모집단에서 다시 뽑거나, 실제로 만날 데이터와 비슷한 훈련 데이터를 모으십시오."))
      ],
      message: Localized(
        "The splits are not alike: \(names). What is chosen on one need not hold on the other.",
        korean: "분할의 분포가 서로 다릅니다: \(names). 한쪽에서 고른 것이 다른 쪽에서는 맞지 않을 수 있습니다."))
    finding.examples = shifted.prefix(6).compactMap(example)
    return finding
  }

  /// Whether a difference is no chance and of some consequence.
  static func isShift(_ result: ShiftResult) -> Bool {
    result.adjusted < level && result.size >= smallestShift
  }

  private func example(of result: ShiftResult) -> FindingExample? {
    if let telling = result.telling, !telling.isEmpty {
      return FindingExample(
        samples: telling.prefix(Self.samplesOfOne).map(name),
        detail: Localized(
          "\(result.property): the samples of \(result.split) that show it most clearly",
          korean: "\(result.property): \(result.split) 분할에서 차이를 가장 뚜렷하게 보이는 표본입니다"))
    }
    if let measure = facts.measures.first(where: { $0.name == result.property }) {
      return example(of: result, measure)
    }
    return facts.kinds.first { $0.name == result.property }.flatMap { example(of: result, $0) }
  }

  private func part(_ result: ShiftResult) -> [Int] {
    result.split == "test" ? split.test : split.validation
  }

  /// The samples that lie farthest on the side to which a split is shifted.
  private func example(
    of result: ShiftResult, _ measure: SampleFacts.Measure
  ) -> FindingExample? {
    guard let medians = result.medians else { return nil }
    let isHigher = medians[1] >= medians[0]
    let ordered = part(result).filter { measure.values[$0].isFinite }.sorted { first, second in
      let (left, right) = (measure.values[first], measure.values[second])
      return isHigher ? (right, first) < (left, second) : (left, first) < (right, second)
    }
    let (train, other) = (Self.rounded(medians[0]), Self.rounded(medians[1]))
    return FindingExample(
      samples: ordered.prefix(Self.samplesOfOne).map(name),
      detail: Localized(
        "\(result.property): median \(train) in training, \(other) in \(result.split)",
        korean: "\(result.property): 중앙값이 훈련에서 \(train), \(result.split)에서 \(other)입니다"))
  }

  /// Samples of the name whose share grew most.
  private func example(of result: ShiftResult, _ kind: SampleFacts.Kind) -> FindingExample? {
    let other = part(result)
    func shares(_ samples: [Int]) -> [Int: Double] {
      var counts: [Int: Double] = [:]
      for case let value? in samples.map({ kind.values[$0] }) { counts[value, default: 0] += 1 }
      return counts.mapValues { $0 / Double(max(1, samples.count)) }
    }
    let (before, after) = (shares(split.train), shares(other))
    func growth(_ value: Int) -> Double { (after[value] ?? 0) - (before[value] ?? 0) }
    guard let grown = after.keys.max(by: { (growth($0), $1) < (growth($1), $0) }) else {
      return nil
    }
    let word = kind.name(of: grown)
    let (first, second) = (Self.percent(before[grown] ?? 0), Self.percent(after[grown] ?? 0))
    return FindingExample(
      samples: other.filter { kind.values[$0] == grown }.prefix(Self.samplesOfOne).map(name),
      detail: Localized(
        "\(result.property): \(word) makes up \(first) of training and \(second) of \(result.split)",
        korean: "\(result.property): \(word)의 비율이 훈련에서 \(first), \(result.split)에서 \(second)입니다"))
  }
}
