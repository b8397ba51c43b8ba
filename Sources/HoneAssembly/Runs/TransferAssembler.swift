import HoneConfiguration
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import HoneTrain

extension Configuration {
  /// Takes over the weights of `model.pretrained` and freezes what `model.freeze` names for good.
  /// - Returns: what was loaded; nil where the configuration names no file.
  /// - Throws: `WeightFileError`, `PretrainedError`.
  func prepareTransfer(of live: any Module) throws -> PretrainedRecord? {
    let record = try model.pretrained.map { path in
      try live.load(pretrained: WeightFile(contentsOf: path))
    }
    if model.freeze == .backbone {
      for stage in TransferStages(of: live).backbone {
        for (_, parameter) in stage.parameters { parameter.isTrainable = false }
      }
    }
    return record
  }

  /// The course of `freeze: gradual`; nil for other freezing.
  func unfreezing(of live: any Module) -> GradualUnfreezing? {
    guard model.freeze == .gradual else { return nil }
    // What was frozen for good before, such as word vectors, is no stage's.
    return GradualUnfreezing(
      stages: TransferStages(of: live).stages.map {
        $0.parameters.map(\.parameter).filter(\.isTrainable)
      }.filter { !$0.isEmpty },
      epochsPerStage: model.unfreezeEvery)
  }

  /// Groups divided by the stages of the model, each with its stage's share of the learning rate; the
  /// groups themselves where `model.stageRateFactor` is not set.
  func staged(_ groups: [ParameterGroup], of live: any Module) -> [ParameterGroup] {
    guard let factor = model.stageRateFactor else { return groups }
    let stages = TransferStages(of: live)
    var scales: [ObjectIdentifier: Double] = [:]
    for (stage, scale) in zip(stages.stages, stages.learningRateScales(factor: factor)) {
      for (_, parameter) in stage.parameters { scales[ObjectIdentifier(parameter)] = scale }
    }
    return groups.flatMap { group -> [ParameterGroup] in
      let byScale = Dictionary(grouping: group.parameters) { scales[ObjectIdentifier($0)] ?? 1 }
      return byScale.sorted { $0.key < $1.key }.map { scale, parameters in
        ParameterGroup(
          parameters, weightDecay: group.weightDecay,
          learningRateScale: group.learningRateScale * scale)
      }
    }
  }
}
