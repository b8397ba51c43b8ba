import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneTensor
import Testing

struct AutoencoderTrainingTests {
  /// Scans of the digits with values in 0...1, batch after batch.
  private func batches(epochs: Int) throws -> [Tensor] {
    let digits = try DataSource.open("digits")
    let indices = Array(0..<512)
    let preprocessor = try Preprocessor.fit(digits, indices: indices, normalization: .unit)
    let loader = try DataLoader(digits, indices: indices, preprocessor: preprocessor)
    let order = (0..<epochs).flatMap { _ in stride(from: 0, to: 512, by: 64) }
    return try order.map { start in
      Tensor(try loader.batch(of: Array(indices[start..<start + 64])).inputs)
    }
  }

  private func train(_ model: any Module, on batches: [Tensor], _ loss: (Tensor) -> Tensor) {
    let optimizer = Adam(model.parameters, learningRate: 3e-3)
    for batch in batches {
      model.clearGradients()
      loss(batch).backward()
      optimizer.step()
    }
  }

  @Test("an autoencoder's reconstruction of the digits improves")
  func autoencoder() throws {
    var stream = RandomStream(seed: 1, "test")
    let model = Autoencoder(inputs: 64, latent: 8, widths: [32], using: &stream)
    let batches = try batches(epochs: 10)
    func error() -> Double {
      withoutGradients { (model(batches[0]) - batches[0]).squared().mean().item() }
    }
    let before = error()
    train(model, on: batches) { (model($0) - $0).squared().mean() }
    #expect(error() < 0.4 * before)
  }

  @Test("a variational autoencoder's reconstruction of the digits improves within its bound")
  func variational() throws {
    var stream = RandomStream(seed: 1, "test")
    let model = VariationalAutoencoder(inputs: 64, latent: 4, widths: [32], using: &stream)
    let batches = try batches(epochs: 10)
    let source = RandomSource(seed: 5)
    func bound() -> (reconstruction: Double, total: Double) {
      withoutGradients {
        let bound = model.bound(of: batches[0], noise: RandomSource(seed: 6))
        let reconstruction = bound.reconstruction.mean().item()
        return (reconstruction, reconstruction + bound.divergence.mean().item())
      }
    }
    let before = bound()
    train(model, on: batches) { model.loss(of: $0, noise: source) }
    let after = bound()
    #expect(after.reconstruction < 0.8 * before.reconstruction)
    #expect(after.total < 0.85 * before.total)
    let samples = withoutGradients { model.sample(16, using: RandomSource(seed: 7)) }
    #expect(samples.minimum().item() >= 0 && samples.maximum().item() <= 1)
  }
}
