import HoneNN
import HoneTensor
import Testing

struct LossTests {
  @Test("losses, per-sample losses and gradients are PyTorch's", arguments: try Golden.losses())
  func golden(_ golden: Golden.Loss) throws {
    let loss = try #require(makeLoss(named: golden.name))
    let output = golden.output.tensor().requiringGradient()
    let target = golden.target.tensor(asInteger: golden.isInteger)
    let mean = loss(output, target)
    mean.backward()
    #expect(abs(mean.item() - golden.mean) < 1e-12)
    #expect(agree(try #require(output.gradient), golden.gradient))
    #expect(agree(loss.perSample(output.detached(), target), golden.perSample))
  }

  @Test(
    "each row's cross-entropy is libtorch's, with rows that do not count and smoothing",
    arguments: [(1, 2, 0.0), (7, 10, 0.1), (70, 1000, 0.0), (5000, 3, 0.2)])
  func rows(_ rows: Int, _ classes: Int, _ smoothing: Double) {
    let output = randomTensor([rows, classes]) * 20
    let target = Tensor(
      (0..<rows).map { $0 % 5 == 3 ? Int64(-100) : Int64($0 * 7 % classes) })
    let loss = Loss.crossEntropy(labelSmoothing: smoothing)
    let own = loss.perSample(output, target).floats
    let standard = withStandardKernels { loss.perSample(output, target).floats }
    for (own, standard) in zip(own, standard) {
      #expect(abs(own - standard) <= 1e-5 * max(1, abs(standard)))
    }
    #expect(own.count == rows)
    // Where a gradient is wanted libtorch's own operators record it.
    let recorded = output.detached().requiringGradient()
    loss.perSample(recorded, target).sum().backward()
    #expect(recorded.gradient != nil)
    #expect(throws: TorchError.self) {
      try catchingTorchErrors { loss.perSample(output, target + Scalar(classes)) }
    }
  }

  @Test("a target without the output's column is taken as that column")
  func column() {
    let output = randomTensor([4, 1])
    let target = randomTensor([4], seed: 6)
    let loss = Loss.meanSquaredError
    #expect(loss(output, target).isIdentical(to: loss(output, target.unsqueezed(at: 1))))
  }

  @Test("outputs in half precision give a loss in float32")
  func half() {
    let output = randomTensor([4, 3]).cast(to: .bfloat16)
    #expect(Loss.crossEntropy()(output, Tensor([Int64(0), 1, 2, 0])).dtype == .float32)
  }

  @Test("shapes that do not fit are refused with both shapes")
  func shapes() {
    let output = randomTensor([4, 3])
    #expect(throws: TorchError.self) {
      try catchingTorchErrors { Loss.meanSquaredError(output, randomTensor([3, 4])) }
    }
    let error = #expect(throws: TorchError.self) {
      try catchingTorchErrors { Loss.crossEntropy()(output, Tensor([Int64(0), 1])) }
    }
    #expect(error?.message.contains("[4, 3] and a int64 target of shape [2]") == true)
    #expect(throws: TorchError.self) {
      try catchingTorchErrors {
        Loss.crossEntropy(classWeights: [1, 2])(output, Tensor([Int64(0), 1, 2, 0]))
      }
    }
  }
}

private func makeLoss(named name: String) -> Loss? {
  let weights: [Double] = [0.5, 1, 2, 4]
  return switch name {
  case "crossEntropy", "crossEntropyPositions", "crossEntropySoft": .crossEntropy()
  case "crossEntropySmoothed": .crossEntropy(labelSmoothing: 0.1)
  case "crossEntropyWeighted": .crossEntropy(classWeights: weights)
  case "crossEntropySoftSmoothedWeighted":
    .crossEntropy(labelSmoothing: 0.2, classWeights: weights)
  case "binaryCrossEntropyWithLogits": .binaryCrossEntropyWithLogits
  case "meanSquaredError": .meanSquaredError
  case "meanAbsoluteError": .meanAbsoluteError
  case "huber": .huber(delta: 0.7)
  default: nil
  }
}
