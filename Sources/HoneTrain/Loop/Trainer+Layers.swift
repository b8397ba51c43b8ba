import HoneNN
import HoneRecords
import HoneTensor

// What the trainer sees of the layers in a few steps.
extension Trainer {
  /// The forward pass, watched where its step is sampled.
  func observed<Result>(_ endsStep: Bool, _ forward: () -> Result) -> Result {
    guard endsStep, looksIntoNextStep else { return forward() }
    let sampler = LayerSampler(watchedLayers)
    layerSampler = sampler
    return sampler.forward(forward)
  }

  /// Puts the sample of the step under way, if any, into the run's record.
  func keepLayerSample() {
    guard let sampler = layerSampler else { return }
    layerSampler = nil
    var samples = record.layerSamples ?? []
    samples.append(sampler.sample(step: max(step, 1), epoch: position.epoch))
    // The first steps show the set-up, the latest the outcome.
    if samples.count > LayerSampling.kept { samples.remove(at: 3) }
    record.layerSamples = samples
  }
}
