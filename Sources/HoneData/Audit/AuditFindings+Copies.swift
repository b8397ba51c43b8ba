import HoneRecords
import HoneText

extension AuditFindings {
  private var isTable: Bool { record.task.input == .table }

  /// Rows of small tables repeat by nature; images and texts do not.
  private var usualCopies: Double { isTable ? 0.1 : 0.01 }

  var splitLeakage: Finding? {
    let threshold = usualCopies
    let held = record.task.validationSamples + record.task.testSamples
    let copies = record.leaks.count
    let exact = record.leaks.count { $0.likeness == 1 }
    let share = Double(copies) / Double(max(1, held))
    guard share > threshold else { return nil }
    var finding = Finding(
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
        "\(copies) of \(held) validation and test samples are copies of training samples, \(exact) of "
          + "them exact. The scores on them flatter the model.",
        korean: "검증·시험 표본 \(held)개 가운데 \(copies)개가 훈련 표본의 사본이며 그중 \(exact)개는 완전히 똑같습니다. "
          + "점수가 실제보다 높게 나옵니다."))
    finding.examples = examples(record.leaks)
    return finding
  }

  var duplicateSamples: Finding? {
    let threshold = usualCopies
    let copies = record.trainCopies.count
    let share = Double(copies) / Double(max(1, record.task.trainSamples))
    guard share > threshold else { return nil }
    var finding = Finding(
      id: .duplicateSamples, severity: .info, confidence: isTable ? 0.6 : 0.9,
      evidence: [
        Evidence(
          signal: "trainDuplicateShare", value: share, threshold: threshold, comparison: .above,
          source: "Lee and others 2022, arXiv 2107.06499")
      ],
      remedies: [
        Remedy(
          id: "remove-duplicates", change: [:], effort: .manual,
          rationale: Localized(
            "Repeated samples weigh more than others, and a later draw may put them into other splits.",
            korean: "되풀이되는 표본은 다른 표본보다 크게 반영되고, 다시 나누면 다른 분할로 새어 나갈 수 있습니다."))
      ],
      message: Localized(
        "\(copies) of \(record.task.trainSamples) training samples repeat others.",
        korean: "훈련 표본 \(record.task.trainSamples)개 가운데 \(copies)개가 다른 표본의 사본입니다."))
    finding.examples = examples(record.trainCopies)
    return finding
  }

  private func examples(_ pairs: [DuplicatePair]) -> [FindingExample] {
    pairs.prefix(Self.mostExamples).map { pair in
      let likeness = (pair.likeness * 1000).rounded(.down) / 1000
      return FindingExample(
        samples: [name(pair.first), name(pair.second)],
        detail: pair.likeness == 1
          ? Localized("the same content", korean: "같은 내용입니다")
          : Localized("alike to \(likeness)", korean: "유사도 \(likeness)입니다"))
    }
  }
}
