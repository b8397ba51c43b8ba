public import HoneText

/// How single training samples were learned over the epochs of a run.
///
/// After each epoch the same part of the training split is answered in evaluation mode. Of each sample
/// its confidence (the probability of its label; mean over epochs), variability (the standard deviation
/// of that) and correctness are known: the data map of Swayamdipta and others 2020, arXiv 2009.10795;
/// further the margin of its label's logit over the largest other one (its mean is the area under the
/// margin of Pleiss and others 2020, arXiv 2001.10528), and how often it was forgotten (Toneva and others
/// 2019, arXiv 1812.05159).
public struct TrainingDynamicsRecord: Sendable, Codable, Equatable {
  /// The epochs after which the samples were answered.
  public var epochs: Int
  /// The samples that were followed.
  public var samples: Int
  /// Samples by confidence (rows, in equal steps from 0 to 1) and variability (columns, in equal steps
  /// from 0 to 0.5); nil for regression.
  public var map: [[Int]]?
  /// Samples never answered rightly; nil for regression.
  public var neverLearned: Int?
  /// Samples answered rightly in one epoch and wrongly in the next, once at least; nil for regression.
  public var forgotten: Int?
  /// Those with the smallest margin, of regression with the largest mean loss: where wrong labels are.
  public var hardest: [Sample]
  /// Those with the largest variability, of regression with the most spread loss: what the model learns
  /// most from.
  public var mostVariable: [Sample]

  /// One sample's numbers over the epochs.
  public struct Sample: Sendable, Codable, Equatable {
    /// The sample as findings name it.
    public var name: String
    /// Its label; nil for regression.
    public var label: String?
    /// The mean of its loss.
    public var loss: Double
    /// The standard deviation of its loss.
    public var lossSpread: Double
    /// The mean probability of its label; nil for regression, as are all that follow.
    public var confidence: Double?
    /// The standard deviation of that probability.
    public var variability: Double?
    /// The share of epochs in which its label had the largest logit.
    public var correctness: Double?
    /// The mean of its label's logit minus the largest other one.
    public var margin: Double?
    /// How often it was forgotten.
    public var forgettings: Int?

    /// A sample's losses; set the rest by name.
    public init(name: String, label: String? = nil, loss: Double, lossSpread: Double) {
      self.name = name
      self.label = label
      self.loss = loss
      self.lossSpread = lossSpread
    }
  }

  /// A record of so many epochs and samples; set the rest by name.
  public init(epochs: Int, samples: Int, hardest: [Sample], mostVariable: [Sample]) {
    self.epochs = epochs
    self.samples = samples
    self.hardest = hardest
    self.mostVariable = mostVariable
  }

  /// What the samples did, in a sentence or two.
  public var sentence: Localized {
    var text = Localized(
      "\(samples) training samples were answered after each of \(epochs) epochs.",
      korean: "학습 표본 \(samples)개를 에폭 \(epochs)번마다 평가했습니다.")
    if let neverLearned, let forgotten {
      text =
        text
        + Localized(
          "\(neverLearned) were never answered rightly, \(forgotten) were forgotten once at least.",
          korean: "\(neverLearned)개는 한 번도 맞히지 못했고, \(forgotten)개는 한 번 이상 망각되었습니다.")
    }
    return text
  }
}
