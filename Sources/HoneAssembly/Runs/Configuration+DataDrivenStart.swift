import Foundation
import HoneConfiguration
import HoneData
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import HoneText

/// Samples of the batch that weights are scaled by, at most: variances within a few percent.
private let calibrationSamples = 256

extension Configuration {
  /// Scales the first weights by a training batch and sets the last bias, where that is wanted.
  /// - Parameter counts: training samples of each class; empty for regression.
  /// - Throws: `ConfigurationError` for a model that has no such weights or bias; `DataError` naming a
  ///   sample that cannot be read; `TorchError`.
  func startFromData(
    _ live: any Layer<Tensor, Tensor>, training: DataLoader, counts: [Int], seed: UInt64
  ) throws {
    if model.lsuv { try scaleWeights(of: live, by: training, seed: seed) }
    guard model.outputBias == .prior else { return }
    do throws(InitializationError) {
      if training.dataset.task == .regression {
        try live.setOutputBias(toMeans: priorOutputs(of: training))
      } else {
        try live.setOutputBias(toPriorOf: counts)
      }
    } catch {
      throw problem(
        at: "model.outputBias",
        Localized(
          "the model's last layer has no bias that could take the classes' frequencies. Use "
            + "initializer.",
          korean: "모델의 마지막 층에 클래스 빈도를 담을 편향이 없습니다. initializer를 사용하십시오."))
    }
  }

  private func scaleWeights(
    of live: any Layer<Tensor, Tensor>, by training: DataLoader, seed: UInt64
  ) throws {
    guard model.pretrained == nil else {
      throw problem(
        at: "model.lsuv",
        Localized(
          "lsuv would replace the pretrained weights. Remove one of them.",
          korean: "lsuv는 사전 학습된 가중치를 덮어씁니다. 둘 중 하나를 제거하십시오."))
    }
    let batch = try training.batch(of: Array(training.indices.prefix(calibrationSamples)))
    let device = live.parameters.first?.value.device ?? .cpu
    var stream = RandomStream(seed: seed, "layer-sequential initialization")
    do {
      var initialization = LayerSequentialInitialization()
      initialization.startsOrthonormal = model.initializer == nil
      try initialization.apply(
        to: live, on: Tensor(batch.inputs).to(device), using: &stream)
    } catch is InitializationError {
      throw problem(
        at: "model.lsuv",
        Localized(
          "the model has no linear layer or convolution to scale.",
          korean: "모델에 조정할 선형 층이나 합성곱 층이 없습니다."))
    }
  }

  /// The rate of counts that are all zero.
  private static let leastRate = 1e-6

  /// What a model that knows only the targets' distribution gives, in the form that the loss takes:
  /// their mean, which is zero once they are standardized, and the logarithm of their variance.
  private func priorOutputs(of training: DataLoader) -> [Double] {
    switch loss {
    case .poissonNLL(let isLogarithmic, _, _):
      let mean = training.indices.map { Double(training.dataset.targets[$0]) }.mean()
      return [isLogarithmic ? log(max(mean, Self.leastRate)) : mean]
    case .gaussianNLL: return [0, 0]
    default: return [0]
    }
  }
}
