import HoneRecords
import HoneText

/// What an audit's numbers mean, one function a finding.
enum AuditFindings {
  static func all(in record: AuditRecord) -> [Finding] {
    let found = [
      corruptSamples(record), splitLeakage(record), validationTooSmall(record),
      classImbalance(record), constantFeature(record),
    ]
    return found.compactMap { $0 }
  }

  private static func corruptSamples(_ record: AuditRecord) -> Finding? {
    guard let first = record.corrupt.keys.min(), let reason = record.corrupt[first] else {
      return nil
    }
    let count = record.corrupt.count
    return Finding(
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
  }

  /// Rows of small tables repeat by nature; images do not.
  private static func splitLeakage(_ record: AuditRecord) -> Finding? {
    let isTable = record.task.input == .table
    let threshold = isTable ? 0.1 : 0.01
    let held = record.task.validationSamples + record.task.testSamples
    let copies = record.validationDuplicates + record.testDuplicates
    let share = Double(copies) / Double(max(1, held))
    guard share > threshold else { return nil }
    return Finding(
      id: .splitLeakage, severity: share > 10 * threshold ? .critical : .warning,
      confidence: isTable ? 0.6 : 0.95,
      evidence: [
        Evidence(
          signal: "duplicateShare", value: share, threshold: threshold, comparison: .above,
          source: "Barz and Denzler 2020, arXiv 1902.00423")
      ],
      remedies: [
        Remedy(
          id: "remove-duplicates", change: [:], effort: .manual,
          rationale: Localized(
            "A model that has seen an evaluation sample in training is judged by its memory.",
            korean: "훈련에서 이미 본 표본으로 평가하면 일반화가 아니라 암기를 재게 됩니다."))
      ],
      message: Localized(
        "\(copies) of \(held) validation and test samples are exact copies of training samples. "
          + "The scores on them flatter the model.",
        korean: "검증·시험 표본 \(held)개 가운데 \(copies)개가 훈련 표본과 똑같습니다. 점수가 실제보다 높게 나옵니다."))
  }

  /// The half width of a 95 % interval of an accuracy of 0.9 (normal approximation).
  private static func validationTooSmall(_ record: AuditRecord) -> Finding? {
    guard record.task.kind != .regression, record.task.validationSamples > 0 else { return nil }
    let samples = Double(record.task.validationSamples)
    let halfWidth = 1.96 * (0.9 * 0.1 / samples).squareRoot()
    let threshold = 0.06
    guard halfWidth > threshold else { return nil }
    return Finding(
      id: .validationTooSmall, severity: .warning, confidence: 0.9,
      evidence: [
        Evidence(
          signal: "accuracyHalfWidth", value: halfWidth, threshold: threshold, comparison: .above,
          source: "normal approximation of the binomial, 95 %, at an accuracy of 0.9")
      ],
      remedies: [
        Remedy(
          id: "larger-validation", change: ["data.validation": 0.3], effort: .short,
          rationale: Localized(
            "More validation samples, or folds, make differences between models visible.",
            korean: "검증 표본을 늘리거나 교차 검증을 쓰면 모델 사이의 차이를 볼 수 있습니다."))
      ],
      message: Localized(
        "The validation split has \(record.task.validationSamples) samples: its accuracy is known "
          + "only to about \(percent(halfWidth)) either way.",
        korean: "검증 분할의 표본이 \(record.task.validationSamples)개뿐이라 정확도를 약 ±\(percent(halfWidth)) "
          + "범위로만 알 수 있습니다."))
  }

  private static func classImbalance(_ record: AuditRecord) -> Finding? {
    let counts = record.task.classCounts
    guard let largest = counts.max(), let smallest = counts.min(), largest > 0 else { return nil }
    let ratio = Double(largest) / Double(max(1, smallest))
    let threshold = 10.0
    guard ratio >= threshold else { return nil }
    let rare = record.task.classes[counts.firstIndex(of: smallest) ?? 0]
    return Finding(
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
  }

  private static func constantFeature(_ record: AuditRecord) -> Finding? {
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

  private static func percent(_ fraction: Double) -> String {
    "\((fraction * 1000).rounded() / 10) %"
  }
}
