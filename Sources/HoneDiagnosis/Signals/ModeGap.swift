import HoneNumerics
import HoneRecords

/// How much worse a model with batch normalization is in evaluation than it was in training, on the
/// same data.
struct ModeGap {
  /// The late loss in evaluation mode above that in training mode, over the loss of knowing nothing.
  var share: Double
  /// The noise of that share from epoch to epoch.
  var error: Double

  /// Whether the modes disagree in each of the late epochs.
  private let isSteady: Bool

  /// The share above which the modes disagree.
  static let threshold = 0.1

  /// Nil where the model has no batch normalization, or the modes agree.
  init?(_ evidence: RunEvidence) {
    let curves = LearningCurves(evidence)
    guard curves.trainIsEvaluated, curves.train.count >= 3, let reference = curves.reference,
      reference > 0, let evaluated = curves.lateLevel(curves.train),
      let trained = curves.lateLevel(curves.trainMode),
      evidence.run.preflight?.layers?.contains(where: { $0.followers.contains("batchNorm") })
        == true
    else { return nil }
    share = (evaluated - trained) / reference
    error = curveNoise(curves.train.map(\.value)) / reference
    // Running statistics that jump make the evaluation jump: then even the best of the late epochs tells.
    let best = (curves.tail(curves.train).map(\.value).min() ?? evaluated) - trained
    isSteady = best / reference > Self.threshold
    guard share > Self.threshold, isSteady || share > 2 * error else { return nil }
  }

  /// The evidence as a finding shows it.
  var evidence: Evidence {
    Evidence(
      signal: "evaluationLossExcess", value: share, threshold: Self.threshold, comparison: .above,
      source: "evaluation over training mode on the training split, of the loss of knowing nothing")
  }

  /// How sure it is.
  var confidence: Double {
    let size = Confidence.above(share, threshold: Self.threshold)
    return isSteady ? size : min(size, Confidence.beyond(share / max(error, 1e-9) - 2))
  }
}
