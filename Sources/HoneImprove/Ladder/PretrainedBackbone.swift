import Foundation
import HoneRecords
import HoneText

/// A ready model with weights from other images, to be tried as a start for one's own.
public struct PretrainedBackbone: Sendable, Codable, Equatable {
  /// The ready model's name, such as `squeezeNet1_1`.
  public var model: String
  /// The file of its weights.
  public var file: String

  /// A ready model and its weights.
  public init(model: String, file: String) {
    self.model = model
    self.file = file
  }

  /// What pretraining is hoped to gain, where few images are at hand and where many are.
  static let expectedGains = (few: 0.2, many: 0.02)
  /// Training images below which there are few.
  static let few = 5_000

  /// The remedy that starts from these weights; nil where the data are no images or the run has
  /// pretrained weights already.
  ///
  /// The head is trained first, then stage after stage joins (Howard and Ruder 2018, arXiv 1801.06146),
  /// on inputs normalized as the weights know them.
  func remedy(for run: RunRecord) -> Remedy? {
    guard run.task.input == .image, run.task.sampleShape.first == 3, run.pretrained == nil else {
      return nil
    }
    return Remedy(
      id: "pretrained-backbone",
      change: [
        "model.name": .string(model), "model.pretrained": .string(file), "model.freeze": "gradual",
        "model.unfreezeEvery": .integer(max(1, run.epochs / 5)), "model.stageRateFactor": 2.6,
        "data.normalize": "imagenet",
      ], effort: .long,
      rationale: Localized(
        "What \(model) has learned from other images serves these as well (Yosinski et al. 2014).",
        korean: "\(model)이(가) 다른 이미지에서 배운 것은 이 이미지에도 쓸모가 있습니다(Yosinski 외 2014)."))
  }

  /// What is hoped of it for a run.
  func expectedGain(for run: RunRecord) -> Double {
    run.task.trainSamples < Self.few ? Self.expectedGains.few : Self.expectedGains.many
  }
}
