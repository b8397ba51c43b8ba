import HoneConfiguration
import HoneData
import HoneNN
import HoneRecords
import HoneTensor
import HoneText
import HoneTrain

extension Configuration {
  /// Arranges a model in memory as the configuration says, before its optimiser is made.
  func arrange(_ model: any Layer<Tensor, Tensor>) throws {
    if training.memoryFormat == .contiguous { model.arrange(.contiguous) }
    if training.memoryFormat == .channelsLast { model.arrange(.channelsLast) }
    guard training.activationCheckpointing else { return }
    let penalizes = model.namedModules.contains { $0.module is ActivityRegularization }
    guard !penalizes else {
      throw problem(
        at: "training.activationCheckpointing",
        Localized(
          "activityRegularization needs the activations that would be forgotten. Remove one of the two.",
          korean: "activityRegularization에는 잊힐 활성값이 필요합니다. 둘 중 하나를 제거하십시오."))
    }
    guard model.recomputesActivations(true) > 0 else {
      throw problem(
        at: "training.activationCheckpointing",
        Localized(
          "\(self.model.architecture.name) has no blocks that could be computed again. Remove the key.",
          korean: "\(self.model.architecture.name)에는 다시 계산할 블록이 없습니다. 이 키를 제거하십시오."))
    }
  }

  /// The order of images in memory.
  var liveMemoryFormat: HoneTensor.MemoryFormat {
    training.memoryFormat == .channelsLast ? .channelsLast : .contiguous
  }
}

extension AssembledRun {
  /// The configuration with a batch size in place of `auto`: the largest that memory holds, found with
  /// the model that is to be trained.
  static func resolvingBatchSize(
    _ configuration: Configuration, data: Dataset, split: Split, seed: UInt64
  ) throws -> Configuration {
    guard configuration.data.batchSize == .automatic else { return configuration }
    var trial = configuration
    trial.data.batchSize = .samples(min(BatchSizeSearch.smallest, split.train.count))
    let run = try AssembledRun(trial, data: data, split: split, seed: seed)
    let search = BatchSizeSearch(samples: run.plan.training.indices.count)
    var resolved = configuration
    resolved.data.batchSize = .samples(try search.largest(for: run.plan))
    return resolved
  }
}

extension DType {
  /// The name of a run's precision, as records keep it.
  var precisionName: String {
    switch self {
    case .bfloat16: "bf16"
    case .float16: "fp16"
    default: "fp32"
    }
  }

  /// The precision of a name in a record.
  init(precisionName: String) {
    switch precisionName {
    case "bf16": self = .bfloat16
    case "fp16": self = .float16
    default: self = .float32
    }
  }
}
