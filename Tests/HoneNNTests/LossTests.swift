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
