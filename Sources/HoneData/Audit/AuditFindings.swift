import HoneNumerics
import HoneRecords
import HoneText

/// What an audit's numbers mean, one property a finding.
struct AuditFindings {
  /// Examples of a finding, at most.
  static let mostExamples = 20
  /// Samples that show one thing, at most.
  static let samplesOfOne = 6

  let record: AuditRecord
  let dataset: Dataset
  let split: Split
  let facts: SampleFacts

  var all: [Finding] {
    let found = [
      corruptSamples, mixedValueRanges, splitLeakage, duplicateSamples, labelNoise,
      distributionShift, validationTooSmall, classImbalance, missingValues, constantFeature,
      outliers,
    ]
    return found.compactMap { $0 }
  }

  func name(_ sample: Int) -> String { dataset.name(of: sample) }

  private var corruptSamples: Finding? {
    guard let first = record.corrupt.keys.min(), let reason = record.corrupt[first] else {
      return nil
    }
    let count = record.corrupt.count
    var finding = Finding(
      id: .corruptSamples, severity: .critical, confidence: 1,
      evidence: [
        Evidence(
          signal: "corruptSamples", value: Double(count), threshold: 0, comparison: .above,
          source: "every sample was read")
      ],
      remedies: [
        Remedy(
          id: "remove-corrupt-samples", change: [:], effort: .manual,
          rationale: Localized(
            "Training stops at the first sample that cannot be read.",
            korean: "읽을 수 없는 표본을 만나면 훈련이 멈춥니다."))
      ],
      message: Localized(
        "\(count) samples cannot be used, among them '\(first)'. \(reason)",
        korean: "표본 \(count)개를 쓸 수 없습니다. 예: '\(first)'. 원인: \(reason)"))
    finding.examples = record.corrupt.sorted { $0.key < $1.key }.prefix(Self.mostExamples).map {
      FindingExample(samples: [$0.key], detail: Localized($0.value, korean: $0.value))
    }
    return finding
  }

  private var classImbalance: Finding? {
    let counts = record.task.classCounts
    guard let largest = counts.max(), let smallest = counts.min(), largest > 0 else { return nil }
    let ratio = Double(largest) / Double(max(1, smallest))
    let threshold = 10.0
    guard ratio >= threshold else { return nil }
    let number = counts.firstIndex(of: smallest) ?? 0
    let rare = record.task.classes[number]
    var finding = Finding(
      id: .classImbalance, severity: ratio >= 100 ? .critical : .warning, confidence: 0.8,
      evidence: [
        Evidence(
          signal: "classRatio", value: ratio, threshold: threshold, comparison: .above,
          source: "Buda, Maki and Mazurowski 2018, arXiv 1710.05381")
      ],
      remedies: [
        Remedy(
          id: "class-weights", change: ["data.balance": "classWeights"], effort: .short,
          rationale: Localized(
            "Weights make the loss of rare classes count.", korean: "가중치를 주면 드문 클래스의 손실이 반영됩니다.")),
        Remedy(
          id: "oversample", change: ["data.balance": "oversample"], effort: .short,
          rationale: Localized(
            "Drawing every class equally often lets the model see the rare ones.",
            korean: "모든 클래스를 고르게 뽑으면 드문 클래스도 충분히 학습합니다.")),
      ],
      message: Localized(
        "The largest class has \(largest) training samples, the smallest, '\(rare)', has "
          + "\(smallest). Accuracy will hide errors on it.",
        korean: "가장 큰 클래스의 훈련 표본은 \(largest)개이고 가장 작은 '\(rare)'은(는) \(smallest)개입니다. 정확도만 "
          + "보면 드문 클래스의 오류가 드러나지 않습니다."))
    let members = split.train.filter { dataset.labels[$0] == Int32(number) }
    if !members.isEmpty {
      finding.examples = [
        FindingExample(
          samples: members.prefix(Self.samplesOfOne).map(name),
          detail: Localized("of the class '\(rare)'", korean: "'\(rare)' 클래스의 표본입니다"))
      ]
    }
    return finding
  }

  private var constantFeature: Finding? {
    guard let first = record.constantColumns.first else { return nil }
    let count = record.constantColumns.count
    return Finding(
      id: .constantFeature, severity: .info, confidence: 1,
      evidence: [
        Evidence(
          signal: "constantColumns", value: Double(count), threshold: 0, comparison: .above,
          source: "all values of the training split")
      ],
      remedies: [
        Remedy(
          id: "remove-constant-features", change: [:], effort: .free,
          rationale: Localized(
            "A column of one value tells a model nothing.", korean: "값이 하나뿐인 열은 모델에 정보를 주지 않습니다."))
      ],
      message: Localized(
        "\(count) columns hold a single value in the training split, among them '\(first)'.",
        korean: "훈련 분할에서 값이 하나뿐인 열이 \(count)개 있습니다. 예: '\(first)'."))
  }

  static func percent(_ fraction: Double) -> String {
    "\((fraction * 1000).rounded() / 10) %"
  }
}
