public import HoneRecords
import HoneText

/// Layers without a nonlinearity between them, or with one that does not belong there.
public struct HiddenActivationRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.hiddenActivation

  /// The activations that make hidden units compete or grow without bound.
  static let unsuitable: Set<String> = ["softmax", "logSoftmax", "exponential"]

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard let facts = evidence.run.preflight?.layers else { return nil }
    let hidden = facts.dropLast()
    let missing = hidden.filter { $0.followers == ["nothing"] }
    if let first = missing.first {
      return finding(
        evidence, first.path, signal: "layersWithoutActivation", count: missing.count,
        source: "the product of two linear maps is one linear map", missing: true)
    }
    let odd = hidden.filter { !Self.unsuitable.isDisjoint(with: $0.followers) }
    guard let first = odd.first, Shortfall(evidence) != nil else { return nil }
    return finding(
      evidence, first.path, signal: "unsuitableActivations", count: odd.count,
      source: "softmax and exponentials suit outputs; Goodfellow et al. 2016, section 6.3",
      missing: false)
  }

  private func finding(
    _ evidence: RunEvidence, _ path: String, signal: String, count: Int, source: String,
    missing: Bool
  ) -> Finding {
    Finding(
      id: id, severity: .warning, confidence: 0.95, layer: path, epoch: nil,
      evidence: [
        Evidence(
          signal: signal, value: Double(count), threshold: 0, comparison: .above, source: source)
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: missing
        ? Localized(
          "Nothing bends the signal between layer \(path) and the next, so both compute what one "
            + "could. Put an activation such as ReLU between them.",
          korean: "층 \(path)과 다음 층 사이에 비선형 함수가 없어 두 층이 하나의 선형 층과 다르지 않습니다. ReLU 같은 활성화 "
            + "함수를 넣으십시오.")
        : Localized(
          "The activation behind layer \(path) belongs at the output: it lets the signal grow "
            + "without bound or makes the units share one sum. Use a rectifier.",
          korean: "층 \(path) 뒤의 활성화 함수는 출력층에 쓰는 것입니다. 신호가 끝없이 커지거나 유닛들의 합이 고정되므로 ReLU 계열로 "
            + "바꾸십시오."))
  }
}
