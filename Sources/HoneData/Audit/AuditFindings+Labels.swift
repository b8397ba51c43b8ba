import HoneNumerics
import HoneRecords
import HoneText

extension AuditFindings {
  /// Wrong labels beyond this share are worth looking at; test sets in wide use have some 3 %.
  private static let usualNoise = 0.05
  /// Copies with different labels beyond this share of all samples.
  private static let usualConflicts = 0.005

  var labelNoise: Finding? {
    let noise = record.labelNoiseShare ?? 0
    // Equal rows of a table may well have different outcomes.
    let conflicts =
      record.task.input == .table
      ? 0 : Double(record.conflicts.count) / Double(max(1, record.samples))
    guard noise > Self.usualNoise || conflicts > Self.usualConflicts else { return nil }
    var evidence: [Evidence] = []
    if noise > Self.usualNoise {
      evidence.append(
        Evidence(
          signal: "labelIssueShare", value: noise, threshold: Self.usualNoise, comparison: .above,
          source: "Northcutt, Jiang and Chuang 2021, arXiv 1911.00068"))
    }
    if conflicts > Self.usualConflicts {
      evidence.append(
        Evidence(
          signal: "conflictingLabels", value: conflicts, threshold: Self.usualConflicts,
          comparison: .above, source: "samples of the same content with different labels"))
    }
    let count = record.labelIssues.count
    var finding = Finding(
      id: .labelNoise, severity: noise > 2 * Self.usualNoise ? .warning : .info,
      confidence: conflicts > Self.usualConflicts ? 0.9 : 0.7, evidence: evidence,
      remedies: [
        Remedy(
          id: "check-labels", change: [:], effort: .manual,
          rationale: Localized(
            "Look at the examples, the surest first, and correct or remove what is wrong.",
            korean: "가장 확실한 예부터 살펴보고 잘못된 레이블을 고치거나 지우십시오."))
      ],
      message: Localized(
        "The labels of \(count) samples are contradicted by a model that had not learned them, and "
          + "\(record.conflicts.count) samples have the content of others and different labels.",
        korean: "학습하지 않은 모델의 판단과 레이블이 어긋나는 표본이 \(count)개이고, 내용은 같은데 레이블이 다른 표본이 "
          + "\(record.conflicts.count)개입니다."))
    finding.examples = Array((conflictExamples + issueExamples).prefix(2 * Self.mostExamples))
    return finding
  }

  private var issueExamples: [FindingExample] {
    record.labelIssues.prefix(Self.mostExamples).map { issue in
      let label = dataset.classes[issue.label]
      let suggestion = dataset.classes[issue.suggestion]
      let share = Self.percent(issue.probability)
      return FindingExample(
        samples: [name(issue.sample)],
        detail: Localized(
          "labeled '\(label)', probably '\(suggestion)'; the label gets a probability of \(share)",
          korean: "레이블은 '\(label)'이지만 '\(suggestion)'일 가능성이 큽니다. 레이블의 확률은 \(share)입니다"))
    }
  }

  private var conflictExamples: [FindingExample] {
    guard record.task.input != .table else { return [] }
    return record.conflicts.prefix(Self.mostExamples).map { pair in
      let labels = [pair.first, pair.second].map { dataset.classes[Int(dataset.labels[$0])] }
      return FindingExample(
        samples: [name(pair.first), name(pair.second)],
        detail: Localized(
          "the same content, labeled '\(labels[0])' and '\(labels[1])'",
          korean: "내용은 같은데 레이블이 '\(labels[0])'와(과) '\(labels[1])'입니다"))
    }
  }

  /// Whether validation shows the differences that are wanted, and how many samples would.
  var validationTooSmall: Finding? {
    let samples = record.task.validationSamples
    guard samples > 0 else { return nil }
    let wanted = self.wanted
    guard samples < wanted.samples else { return nil }
    return Finding(
      id: .validationTooSmall, severity: .warning, confidence: 0.9,
      evidence: [
        Evidence(
          signal: "validationSamples", value: Double(samples), threshold: Double(wanted.samples),
          comparison: .below, source: wanted.source)
      ],
      remedies: [
        Remedy(
          id: "larger-validation",
          change: ["data.validation": .number(Self.share(wanted.samples, of: record))],
          effort: .short,
          rationale: Localized(
            "More validation samples, or folds, make differences between models visible.",
            korean: "검증 표본을 늘리거나 교차 검증을 쓰면 모델 사이의 차이를 볼 수 있습니다."))
      ],
      message: Localized(
        "The validation split has \(samples) samples; to see a difference of "
          + "\(Self.percent(wanted.difference)) takes \(wanted.samples).",
        korean: "검증 분할의 표본이 \(samples)개입니다. \(Self.percent(wanted.difference))의 차이를 구별하려면 "
          + "\(wanted.samples)개가 필요합니다."))
  }

  /// The difference that validation is to show, and how many samples that takes.
  private var wanted: (difference: Double, samples: Int, source: String) {
    if record.task.kind == .regression {
      let difference = record.smallestDifference ?? 0.2
      return (
        difference, SampleSize.rootMeanSquare(relativeHalfWidth: difference),
        "95 % interval of the root mean squared error of normal errors"
      )
    }
    guard let difference = record.smallestDifference else {
      return (
        0.06, SampleSize.proportion(0.9, halfWidth: 0.06),
        "normal approximation of the binomial, 95 %, at an accuracy of 0.9"
      )
    }
    return (
      difference, SampleSize.pairedProportions(difference: difference, disagreement: 0.1),
      "McNemar's test at 5 % with a power of 0.8, of models that disagree on one sample in ten "
        + "(Connor 1987)"
    )
  }

  /// The share to hold out, as far as half of what there is.
  private static func share(_ wanted: Int, of record: AuditRecord) -> Double {
    let whole = record.task.trainSamples + record.task.validationSamples
    let share = Double(wanted) / Double(max(1, whole))
    return min(0.5, (share * 100).rounded(.up) / 100)
  }
}
