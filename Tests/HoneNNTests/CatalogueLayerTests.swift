import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

/// What reference values do not show: special cases, sentences, bad arguments.
struct CatalogueLayerTests {
  @Test("group normalization with one group is layer normalization over channels and positions")
  func oneGroup() {
    let input = randomTensor([3, 4, 5, 2])
    let group = GroupNorm(groups: 1, features: 4)
    let layer = LayerNorm(normalizedShape: [4, 5, 2])
    // Two orders of float32 sums.
    #expect(group(input).isClose(to: layer(input), relative: 1e-5, absolute: 1e-6))
  }

  @Test("group normalization with a group for each channel is instance normalization")
  func groupsOfOne() {
    let input = randomTensor([3, 4, 5, 2])
    let group = GroupNorm(groups: 4, features: 4)
    let instance = InstanceNorm(features: 4)
    #expect(group(input).isClose(to: instance(input), relative: 1e-5, absolute: 1e-6))
  }

  @Test("weight normalization starts with the layer's own outputs, and lengths scale them")
  func weightNorm() {
    var stream = testStream()
    let layer = Conv2d(inputs: 2, outputs: 3, kernel: 2, bias: false, using: &stream)
    let input = randomTensor([2, 2, 4, 4])
    let before = layer(input)
    let normed = WeightNorm(layer)
    #expect(normed(input).isClose(to: before, relative: 1e-5, absolute: 1e-6))
    normed.magnitude.assign(normed.magnitude.value * 2)
    #expect(normed(input).isClose(to: 2 * before, relative: 1e-5, absolute: 1e-6))
    #expect(
      normed.stateDictionary.names == [
        "parametrizations.weight.original0", "parametrizations.weight.original1",
      ])
  }

  @Test("spectral normalization gives a weight whose largest singular value is 1")
  func spectralNorm() {
    var stream = testStream()
    let layer = SpectralNorm(Linear(inputs: 6, outputs: 4, using: &stream), using: &stream)
    for _ in 0..<50 { _ = layer.weight }
    let (_, values, _) = ATen.linalg_svd(layer.weight)
    #expect(abs(values.maximum().item() - 1) < 1e-5)
    layer.evaluate()
    let state = layer.stateDictionary
    _ = layer(randomTensor([2, 6]))
    #expect(layer.stateDictionary == state)
  }

  @Test("transposed convolution undoes the extents of a convolution", arguments: [6, 7, 8])
  func transposed(_ extent: Int) {
    var stream = testStream()
    let convolution = Conv1d(
      inputs: 1, outputs: 1, kernel: 3, stride: 2, padding: 1, using: &stream)
    let back = ConvTranspose1d(
      inputs: 1, outputs: 1, kernel: 3, stride: 2, padding: 1, outputPadding: (extent + 1) % 2,
      using: &stream)
    #expect(back(convolution(Tensor.zeros([1, 1, extent]))).shape == [1, 1, extent])
  }

  @Test("pixel shuffles undo each other, and channel shuffles exchange groups")
  func shuffles() {
    let input = randomTensor([2, 8, 3, 2])
    #expect(PixelUnshuffle(factor: 2)(PixelShuffle(factor: 2)(input)).isIdentical(to: input))
    let shuffled = ChannelShuffle(groups: 4)(ChannelShuffle(groups: 2)(input))
    #expect(shuffled.isIdentical(to: input))
  }

  @Test("a kernel for each axis shows in descriptions, equal numbers show once")
  func descriptions() {
    var stream = testStream()
    let layer = Conv2d(
      inputs: 3, outputs: 4, kernel: [3, 1], stride: [2, 2], padding: [1, 0],
      paddingMode: .reflect, using: &stream)
    #expect(
      "\(layer)" == "Conv2d(inputs: 3, outputs: 4, kernel: [3, 1], stride: 2, padding: [1, 0], "
        + "paddingMode: .reflect)")
    #expect(
      "\(MaxPool2d(window: [2, 2], ceilMode: true))" == "MaxPool2d(window: 2, ceilMode: true)")
    #expect("\(Upsample(scale: 2, mode: .bilinear))" == "Upsample(scale: 2.0, mode: .bilinear)")
  }

  @Test("inputs that do not fit are refused in full sentences")
  func sentences() {
    var stream = testStream()
    let cases: [(any Layer<Tensor, Tensor>, [Int], String)] = [
      (
        Conv1d(
          inputs: 2, outputs: 1, kernel: 3, padding: 3, paddingMode: .reflect, using: &stream),
        [1, 2, 3], "padding by reflect reaches 3 positions over an extent of 3, at most 2 are"
      ),
      (
        ConvTranspose2d(inputs: 2, outputs: 1, kernel: 2, using: &stream), [1, 3, 4, 4],
        "it must be [batch, channels, height, width] with 2 channels."
      ),
      (
        ConvTranspose1d(inputs: 2, outputs: 1, kernel: 2, padding: 2, using: &stream), [1, 2, 2],
        "its padding would leave the extents [-1]. Use less padding or a larger kernel."
      ),
      (
        Upsample(scale: 2, mode: .bilinear), [1, 2, 3],
        "it interpolates over 2 axes behind [batch, channels]."
      ),
      (Upsample(scale: 0.1), [1, 2, 3], "nothing would be left: [0]."),
      (PixelShuffle(factor: 2), [1, 6, 2, 2], "with channels that 4 divides."),
      (PixelUnshuffle(factor: 2), [1, 6, 2, 3], "with height and width that 2 divides."),
      (ChannelShuffle(groups: 4), [1, 6, 2], "and 4 must divide the channels."),
      (InstanceNorm(features: 2), [3, 2, 1], "a single position has no variance."),
      (RMSNorm(features: 4), [3, 2], "its last dimensions must be [4]."),
      (
        Reshape(shape: [2, 3]), [4, 5], "the 5 elements of a sample do not fill the shape [2, 3]."
      ),
      (Flatten(from: 2, through: 3), [4, 5], "its dimensions 2 through 3 do not exist"),
      (GLU(), [2, 5], "dimension -1 must have an even extent."),
      (PReLU(features: 3), [2, 5], "dimension 1 must be 3."),
      (Dropout2d(), [2, 5, 3], "it must be [batch, channels, height, width]."),
      (GlobalMaxPool(), [2, 3], "Put it before Flatten()."),
      (AdaptiveMaxPool1d(size: 2), [2, 3], "the 3 dimensions [batch, channels, length]."),
      (
        SqueezeExcitation(channels: 4, squeezed: 2, using: &stream), [2, 3, 4, 4],
        "with 4 channels."
      ),
    ]
    for (layer, shape, sentence) in cases {
      let error = #expect(throws: TorchError.self) {
        try catchingTorchErrors { layer(Tensor.zeros(shape)) }
      }
      #expect(error?.message.contains(sentence) == true, "\(error?.message ?? "nothing")")
      // What failed before passes through, so that the first failure is the one told.
      let first = #expect(throws: TorchError.self) {
        try catchingTorchErrors { layer(failPrecondition("first")) }
      }
      #expect(first?.message == "first")
    }
  }

  @Test("bad arguments end the process")
  func preconditions() async {
    await #expect(processExitsWith: .failure) {
      endAsEach(of: [
        {
          var stream = RandomStream(seed: 1, "test")
          _ = Conv2d(inputs: 3, outputs: 4, kernel: [3, 3, 3], using: &stream)
        },
        {
          var stream = RandomStream(seed: 1, "test")
          _ = Conv2d(
            inputs: 3, outputs: 4, kernel: 3, stride: [1, 2], padding: .same, using: &stream)
        },
        {
          var stream = RandomStream(seed: 1, "test")
          _ = ConvTranspose1d(inputs: 1, outputs: 1, kernel: 3, outputPadding: 1, using: &stream)
        },
        {
          var stream = RandomStream(seed: 1, "test")
          _ = Conv2d(inputs: 3, outputs: 4, kernel: 3, groups: 2, using: &stream)
        },
        { _ = MaxPool2d(window: [2, 4], padding: [1, 3]) },
        { _ = Reshape(shape: [-1, -1]) },
        { _ = Dropout(probability: 1) },
      ])
    }
  }

  @Test("a check that lets a bad argument pass is noticed")
  func passing() async {
    await #expect(processExitsWith: .success) {
      endAsEach(of: [{ _ = Dropout(probability: 1) }, { _ = Dropout(probability: 0.5) }])
    }
  }
}
