public import HoneRecords
import HoneText

/// The inputs reach the model raw, or scaled twice.
///
/// The measure is their root mean square: 1 for standardized inputs, 0.1 to 0.7 for pixels in 0...1,
/// about 100 for raw pixels, below 0.01 for pixels divided by 255 twice.
public struct InputScaleRule: Rule {
  /// The name of what it finds.
  public let id = FindingName.inputScale

  /// Above this root mean square He's initialisation, made for inputs of variance 1, multiplies the
  /// untrained outputs' variance by more than 25.
  package static let largest = 5.0
  /// Below it the inputs are weaker than those of any usual scaling of images or tables.
  package static let smallest = 0.03
  /// The factor beyond the range from which inputs are a fault whatever became of the run.
  static let harmfulFactor = 10.0

  /// The rule; it has no settings.
  public init() {}

  /// The finding, or nil where the records do not show it.
  public func evaluate(_ evidence: RunEvidence) -> Finding? {
    guard evidence.run.task.input != .text, let input = evidence.run.preflight?.input else {
      return nil
    }
    let squares = input.mean * input.mean + input.standardDeviation * input.standardDeviation
    let size = squares.squareRoot()
    guard size.isFinite, size > Self.largest || size < Self.smallest else { return nil }
    let isLarge = size > Self.largest
    let threshold = isLarge ? Self.largest : Self.smallest
    // Moderately unusual inputs do no harm to a model that has learned what there is.
    let factor = isLarge ? size / threshold : threshold / max(size, 1e-30)
    let isFine =
      factor < Self.harmfulFactor && evidence.run.preflight?.neighbours != nil
      && !evidence.epochs.isEmpty && Shortfall(evidence) == nil
    return Finding(
      id: id, severity: isFine ? .info : .warning,
      confidence: isLarge
        ? Confidence.above(size, threshold: threshold)
        : Confidence.below(size, threshold: threshold),
      evidence: [
        Evidence(
          signal: "inputRootMeanSquare", value: size, threshold: threshold,
          comparison: isLarge ? .above : .below,
          source: "LeCun et al. 1998, Efficient BackProp: inputs of mean 0 and variance 1")
      ],
      remedies: RemedyCatalogue(for: evidence.run).remedies(for: id),
      message: isLarge ? large(size, input) : small(size))
  }

  private func large(_ size: Double, _ input: ValueSummary) -> Localized {
    Localized(
      "The inputs reach the model with a root mean square of \(Formatting.significant(size)) "
        + "(\(Formatting.significant(input.minimum)) to \(Formatting.significant(input.maximum))). Initial weights expect about 1, so "
        + "the first layer saturates or takes too large steps.",
      korean: "모델에 들어가는 입력의 제곱 평균 제곱근이 \(Formatting.significant(size))입니다"
        + "(범위 \(Formatting.significant(input.minimum))~\(Formatting.significant(input.maximum))). 가중치 초기화는 1 정도를 가정하므로 "
        + "첫 층이 포화되거나 갱신이 지나치게 커집니다.")
  }

  private func small(_ size: Double) -> Localized {
    Localized(
      "The inputs reach the model with a root mean square of only \(Formatting.significant(size)); they may have been "
        + "scaled twice. The signal is lost in the first layer.",
      korean: "모델에 들어가는 입력의 제곱 평균 제곱근이 \(Formatting.significant(size))에 불과합니다. 정규화를 두 번 적용했을 "
        + "수 있으며, 첫 층에서 신호가 사라집니다.")
  }
}
