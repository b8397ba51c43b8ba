import HoneConfiguration
import HoneData
import HoneNN
import HoneTensor
import HoneText

/// Samples that are tried to see what a model gives.
private let triedSamples = 32

extension Configuration {
  /// Whether the targets of a regression are standardised; counts keep their unit.
  var standardizesTargets: Bool {
    if case .poissonNLL = loss { false } else { true }
  }

  /// Refuses targets that a loss has no likelihood for.
  /// - Parameter targets: those of all samples, not a number where unknown.
  func checkTargets(_ targets: [Float]) throws {
    guard case .poissonNLL = loss, let least = targets.filter(\.isFinite).min(), least < 0 else {
      return
    }
    throw problem(
      at: "loss",
      Localized(
        "poissonNLL is for counts, the data hold the value \(least). Use gaussianNLL or "
          + "meanSquaredError.",
        korean: "poissonNLL은 횟수를 위한 손실이지만 데이터에 \(least)이(가) 있습니다. gaussianNLL이나 "
          + "meanSquaredError를 사용하십시오."))
  }

  /// Refuses a loss on probabilities for a model that gives something else.
  /// - Throws: `ConfigurationError`; `DataError` naming a sample that cannot be read; `TorchError`.
  func checkProbabilities(
    of model: any Layer<Tensor, Tensor>, _ live: Loss, training: DataLoader
  ) throws {
    guard live.takesProbabilities else { return }
    let batch = try training.batch(of: Array(training.indices.prefix(triedSamples)))
    let device = model.parameters.first?.value.device ?? .cpu
    let range = try model.evaluating {
      try withoutGradients {
        try catchingTorchErrors {
          let output = model(Tensor(batch.inputs).to(device))
          return (least: output.minimum().item(), most: output.maximum().item())
        }
      }
    }
    guard range.least < 0 || range.most > 1 else { return }
    let isBinary = loss.target == .twoClasses
    let ending = isBinary ? "sigmoid" : "softmax"
    let other = isBinary ? "binaryCrossEntropy" : "crossEntropy"
    throw problem(
      at: "loss",
      Localized(
        "\(loss.name) takes probabilities, the model gives numbers from \(range.least) to "
          + "\(range.most). Use \(other), or end model.layers with \(ending).",
        korean: "\(loss.name)에는 확률이 필요하지만 모델은 \(range.least)부터 \(range.most)까지의 수를 "
          + "출력합니다. \(other)를 사용하거나 model.layers를 \(ending)으로 끝내십시오."))
  }
}
