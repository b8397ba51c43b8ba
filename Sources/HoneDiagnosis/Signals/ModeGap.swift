import HoneNumerics
import HoneRecords

/// How much worse a model with batch normalization is in evaluation than it was in training, on the
/// same data.
struct ModeGap {
  /// The late loss in evaluation mode above that in training mode, over the loss of knowing nothing.
  var share: Double
  /// The noise of that share from epoch to epoch.
  var error: Double

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
    guard share > Self.threshold, share > 2 * error else { return nil }
  }

  /// The evidence as a finding shows it.
  var evidence: Evidence {
    Evidence(
      signal: "evaluationLossExcess", value: share, threshold: Self.threshold, comparison: .above,
      source: "evaluation over training mode on the training split, of the loss of knowing nothing")
  }

  /// How sure it is.
  var confidence: Double {
    min(
      Confidence.above(share, threshold: Self.threshold),
      Confidence.beyond(share / max(error, 1e-9) - 2))
  }
}
