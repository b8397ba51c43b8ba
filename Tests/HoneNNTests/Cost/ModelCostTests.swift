import HoneNN
import HoneNumerics
import HoneTensor
import Testing

struct ModelCostTests {
  private func network(_ device: Device) -> Sequential {
    var stream = RandomStream(seed: 1, "test")
    return Sequential {
      Conv2d(
        inputs: 4, outputs: 6, kernel: 3, stride: 2, padding: 1, groups: 2, device: device,
        using: &stream)
      BatchNorm(features: 6, device: device)
      ReLU()
      Flatten()
      Linear(inputs: 6 * 4 * 5, outputs: 3, device: device, using: &stream)
    }
  }

  @Test("counts parameters and products layer by layer, for one sample")
  func layers() throws {
    let cost = try network(.meta).cost(ofSample: [4, 8, 10])
    #expect(cost.layers.map(\.path) == ["0", "1", "4"])
    #expect(cost.layers.map(\.kind) == ["Conv2d", "BatchNorm", "Linear"])
    #expect(cost.layers.map(\.outputShape) == [[6, 4, 5], [6, 4, 5], [3]])
    #expect(cost.layers.map(\.parameters) == [6 * 2 * 9 + 6, 12, 360 + 3])
    // Each of the 6x4x5 outputs sums a 3x3 window over the two channels of its group.
    #expect(cost.layers.map(\.multiplyAdds) == [120 * 18, 0, 360])
    #expect(cost.flops == 2 * (120 * 18 + 360))
    #expect(cost.outputShape == [3])
  }

  @Test("a layer that runs twice counts its products twice and its parameters once")
  func shared() throws {
    var stream = RandomStream(seed: 1, "test")
    let layer = Linear(inputs: 5, outputs: 5, device: .meta, using: &stream)
    let cost = try Sequential([layer, ReLU(), layer]).cost(ofSample: [7, 5])
    #expect(cost.layers.count == 1)
    #expect(cost.parameters == 30)
    #expect(cost.multiplyAdds == 2 * 7 * 25)
  }

  @Test("a shape that does not fit is an error and leaves nothing behind")
  func misfit() throws {
    #expect(throws: TorchError.self) { try network(.meta).cost(ofSample: [3, 8, 10]) }
    #expect(try network(.meta).cost(ofSample: [4, 8, 10]).multiplyAdds == 120 * 18 + 360)
  }

  @Test("attention counts projections, scores and sums; recurrence each weight at each position")
  func sequences() throws {
    var stream = RandomStream(seed: 1, "test")
    let attention = MultiHeadAttention(features: 8, heads: 2, device: .meta, using: &stream)
    // Three projections and the output's, and two products of 5 positions by 5.
    #expect(try attention.cost(ofSample: [5, 8]).multiplyAdds == 5 * 4 * 64 + 2 * 25 * 8)
    let options = RecurrentOptions(layers: 2, isBidirectional: true)
    let recurrent = LSTM(
      inputs: 3, features: 4, options: options, device: .meta, using: &stream)
    let cost = try recurrent.cost(ofSample: [5, 3])
    #expect(cost.multiplyAdds == 5 * 2 * 16 * ((3 + 4) + (8 + 4)))
    #expect(cost.outputShape == [5, 8])
  }

  @Test("transposed convolutions count a window for each input, wrappers count what they wrap")
  func wrappers() throws {
    var stream = RandomStream(seed: 1, "test")
    let model = Sequential {
      WeightNorm(
        ConvTranspose2d(
          inputs: 4, outputs: 6, kernel: [2, 3], stride: 2, groups: 2, device: .meta,
          using: &stream))
      SpectralNorm(
        Conv2d(inputs: 6, outputs: 1, kernel: 1, device: .meta, using: &stream), using: &stream)
    }
    let cost = try model.cost(ofSample: [4, 5, 5])
    #expect(cost.layers.map(\.path) == ["0", "1"])
    #expect(cost.layers.map(\.outputShape) == [[6, 10, 11], [1, 10, 11]])
    #expect(cost.layers.map(\.multiplyAdds) == [100 * 3 * 6, 110 * 6])
  }
}
