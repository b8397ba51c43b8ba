import HoneModels
import HoneNN
import HoneNumerics
import HoneTensor
import Testing

struct GenerativeModelTests {
  /// Samples with structure to learn: soft blobs whose place is all that differs.
  private func blobs(_ count: Int) -> Tensor {
    let places = Tensor.range(0, 16, dtype: .float32)
    let centers = Tensor.uniform([count, 1], using: RandomSource(seed: 3)) * 16
    return ((places - centers).squared() * -0.2).exponential()
  }

  private func descend(_ model: some Module, steps: Int, rate: Double, _ loss: () -> Tensor) {
    for _ in 0..<steps {
      model.clearGradients()
      loss().backward()
      for parameter in model.parameters {
        guard let gradient = parameter.gradient else { continue }
        parameter.assign(parameter.value - Scalar(rate) * gradient)
      }
    }
  }

  @Test("an autoencoder learns to reconstruct")
  func autoencoder() {
    var stream = RandomStream(seed: 1, "test")
    let model = Autoencoder(inputs: 16, latent: 2, widths: [16], using: &stream)
    let samples = blobs(64)
    func error() -> Double { (model(samples) - samples).squared().mean().item() }
    let before = error()
    descend(model, steps: 200, rate: 0.5) { (model(samples) - samples).squared().mean() }
    #expect(error() < 0.5 * before)
    #expect(model.encode(samples).shape == [64, 2])
    #expect(model(samples.reshaped([64, 4, 4])).shape == [64, 4, 4])
  }

  @Test(
    "a variational autoencoder raises its bound",
    arguments: [
      VariationalAutoencoder.Likelihood.bernoulli, .gaussian,
    ])
  func variational(_ likelihood: VariationalAutoencoder.Likelihood) {
    var stream = RandomStream(seed: 1, "test")
    let model = VariationalAutoencoder(
      inputs: 16, latent: 2, widths: [16], likelihood: likelihood, using: &stream)
    let samples = blobs(64)
    let source = RandomSource(seed: 4)
    func loss() -> Double { model.loss(of: samples, noise: RandomSource(seed: 9)).item() }
    let before = loss()
    descend(model, steps: 200, rate: 0.02) { model.loss(of: samples, noise: source) }
    #expect(loss() < before - 0.05 * abs(before))
    let drawn = model.sample(5, using: RandomSource(seed: 2))
    #expect(drawn.shape == [5, 16] && drawn.isFinite)
    model.evaluate()
    #expect(model(samples).isIdentical(to: model(samples)))
    model.train()
    #expect(!model(samples).isIdentical(to: model(samples)))
  }

  @Test("the divergence is the mean of the logarithms' difference over draws")
  func divergence() {
    let mean = Tensor([0.5, -1] as [Double], shape: [1, 2])
    let logVariance = Tensor([-0.4, 0.7] as [Double], shape: [1, 2])
    let noise = Tensor.normal([200_000, 2], using: RandomSource(seed: 1), dtype: .float64)
    let draws = mean + (0.5 * logVariance).exponential() * noise
    let ratio = 0.5 * (draws.squared() - noise.squared() - logVariance)
    let expected = ratio.sum(along: [1])
    let error = expected.standardDeviation().item() / 200_000.squareRoot()
    let exact = VariationalAutoencoder.divergence(mean: mean, logVariance: logVariance).item()
    #expect(abs(expected.mean().item() - exact) < 4 * error)
  }
}
