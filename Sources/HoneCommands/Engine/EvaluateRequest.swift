public import HoneData

/// What `hone evaluate` was asked to do.
public struct EvaluateRequest: Sendable, Equatable {
  /// The run as the user named it; `RUN@EPOCH` for the weights of an epoch that it kept, `RUN@all` for
  /// all of these.
  public var run: String
  /// Which part of the data.
  public var split: Split
  /// Other data than the run's own.
  public var data: String?
  /// Whether the curvature of the loss is wanted as well.
  public var curvature: Bool
  /// Runs whose answers are averaged with those of `run`, named as it is.
  public var ensemble: [String] = []
  /// How much each of several models counts.
  public var weighting: Weighting = .uniform
  /// Whether probabilities are calibrated on the validation split.
  public var calibrates = false
  /// Views of each image whose answers are averaged; nil for the image alone.
  public var views: TestTimeAugmentation?

  /// A part of the data.
  public enum Split: String, Sendable, CaseIterable { case train, validation, test }

  /// How much each model of an ensemble counts.
  public enum Weighting: String, Sendable, CaseIterable {
    /// All the same.
    case uniform
    /// As greedy selection on the validation split says (Caruana and others 2004).
    case greedy
  }

  /// Whether several models, or a calibrated one, are to answer.
  public var wantsEnsemble: Bool { !ensemble.isEmpty || calibrates || run.hasSuffix("@all") }

  /// A request.
  public init(run: String, split: Split = .test, data: String? = nil, curvature: Bool = false) {
    self.run = run
    self.split = split
    self.data = data
    self.curvature = curvature
  }
}
