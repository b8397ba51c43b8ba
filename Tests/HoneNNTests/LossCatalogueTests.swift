import Foundation
import HoneNN
import HoneTensor
import Testing

/// A loss on some tensors, as `Tools/golden/losses.py` writes it.
struct LossReference: Decodable, Sendable, CustomTestStringConvertible {
  struct Values: Decodable {
    let shape: [Int]
    let values: [Double]
    let isInteger: Bool

    var tensor: Tensor {
      isInteger ? Tensor(values.map { Int64($0) }, shape: shape) : Tensor(values, shape: shape)
    }
  }

  let name: String
  let inputs: [Values]
  let mean, sum: Double
  let none: Values
  let gradients: [Values]
  let differentiated: [Int]

  var testDescription: String { name }

  static func all() throws -> [LossReference] {
    struct File: Decodable { let cases: [LossReference] }
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/lossCatalogue.json")
    return try JSONDecoder().decode(File.self, from: Data(contentsOf: url)).cases
  }
}

struct LossCatalogueTests {
  typealias Computation = ([Tensor], Loss.Reduction) -> Tensor

  @Test(
    "losses and their gradients are the reference's, however reduced",
    arguments: try LossReference.all())
  func golden(_ reference: LossReference) throws {
    let compute = try #require(computations[reference.name])
    let inputs = reference.inputs.enumerated().map { index, values in
      reference.differentiated.contains(index)
        ? values.tensor.requiringGradient() : values.tensor
    }
    let mean = compute(inputs, .mean)
    mean.backward()
    #expect(abs(mean.item() - reference.mean) < 1e-12)
    for (index, gradient) in zip(reference.differentiated, reference.gradients) {
      let found = try #require(inputs[index].gradient)
      #expect(found.isClose(to: gradient.tensor, relative: 1e-11, absolute: 1e-12))
    }
    let fixed = inputs.map { $0.detached() }
    // A sum of some dozen terms.
    #expect(abs(compute(fixed, .sum).item() - reference.sum) < 1e-11 * max(1, abs(reference.sum)))
    let losses = compute(fixed, .none)
    #expect(losses.shape == reference.none.shape)
    #expect(losses.isClose(to: reference.none.tensor, relative: 1e-12, absolute: 1e-12))
  }

  @Test("every loss of the reference is computed here") func complete() throws {
    #expect(try Set(LossReference.all().map(\.name)) == Set(computations.keys))
  }

  @Test("the losses of samples are means over their elements")
  func perSample() {
    let output = randomTensor([5, 3])
    let target = (randomTensor([5, 3], seed: 6) .> 0).cast(to: .float32)
    for loss in [Loss.binaryFocal(), .hinge(), .quantile(0.3), .smoothL1()] {
      let samples = loss.perSample(output, target)
      #expect(samples.shape == [5])
      #expect(samples.mean().isClose(to: loss(output, target), relative: 1e-5, absolute: 1e-6))
    }
    let labels = Tensor([Int64(0), 2, 1, 1, 0])
    for loss in [Loss.focal(), .multiMargin(), .crossEntropy()] {
      #expect(loss.perSample(output, labels).shape == [5])
    }
  }

  @Test("focal without focus is cross-entropy, and a confident answer has a finite gradient")
  func focalLimits() throws {
    let output = randomTensor([5, 3])
    let labels = Tensor([Int64(0), 2, 1, 1, 0])
    let plain = Loss.crossEntropy()(output, labels)
    #expect(Loss.focal(gamma: 0)(output, labels).isClose(to: plain))
    let sure = Tensor([200, 0, 0] as [Float], shape: [1, 3]).requiringGradient()
    Loss.focal(gamma: 0.5)(sure, Tensor([Int64(0)])).backward()
    #expect(try #require(sure.gradient).isFinite)
  }

  @Test("outputs of losses on probabilities become logits whose softmax they are")
  func logits() {
    let rows = randomTensor([4, 3]).softmax(along: 1)
    let loss = Loss.crossEntropyOnProbabilities()
    #expect(loss.takesProbabilities)
    #expect(loss.logits(from: rows).softmax(along: 1).isClose(to: rows, relative: 1e-5))
    let chances = randomTensor([4, 1]).sigmoid()
    let binary = Loss.binaryCrossEntropyOnProbabilities()
    #expect(binary.logits(from: chances).sigmoid().isClose(to: chances, relative: 1e-5))
    #expect(binary.logits(from: Tensor([0, 1] as [Float], shape: [2, 1])).isFinite)
    #expect(Loss.crossEntropy().logits(from: rows).isIdentical(to: rows))
  }

  @Test("outputs of regressions become means and rates")
  func predictions() {
    let output = randomTensor([4, 2])
    #expect(Loss.meanSquaredError.predictions(from: output).isIdentical(to: output))
    #expect(Loss.poissonNLL().predictions(from: output).isClose(to: output.exponential()))
    let rates = Loss.poissonNLL(isLogarithmic: false).predictions(from: output)
    #expect(rates.isIdentical(to: output))
    let means = Loss.gaussianNLL().predictions(from: output)
    #expect(means.isIdentical(to: output.sliced(0..<1, along: 1)))
    #expect(Loss.gaussianNLL().outputsPerTarget == 2)
  }

  @Test("a batch of which no label counts has a loss of zero; otherwise the mean is PyTorch's")
  func ignoring() throws {
    let output = randomTensor([4, 3]).requiringGradient()
    let weights = [0.5, 1, 2]
    for loss in [
      Loss.crossEntropy(ignoring: 1), .focal(ignoring: 1),
      .crossEntropy(labelSmoothing: 0.1, classWeights: weights, ignoring: 1),
    ] {
      #expect(loss(output, Tensor([Int64(1), 1, 1, 1])).item() == 0)
    }
    let some = Tensor([Int64(1), 0, 2, 1])
    let marked = Tensor([Int64(-100), 0, 2, -100])
    for (own, reference) in [
      (Loss.crossEntropy(ignoring: 1), Loss.crossEntropy()),
      (
        .crossEntropy(labelSmoothing: 0.1, classWeights: weights, ignoring: 1),
        .crossEntropy(labelSmoothing: 0.1, classWeights: weights)
      ),
    ] {
      #expect(own(output, some).isClose(to: reference(output, marked), relative: 1e-6))
    }
  }

  @Test("a divergence per sample is the definition's") func batchMean() {
    let logs = randomTensor([4, 3]).logSoftmax(along: 1)
    let target = randomTensor([4, 3], seed: 8).softmax(along: 1)
    let expected = (target * (target.logarithm() - logs)).sum() / 4
    #expect(KLDivergence().batchMean(logs, target).isClose(to: expected))
  }

  @Test("shapes that do not fit are refused by name")
  func shapes() {
    let output = randomTensor([4, 3])
    let labels = Tensor([Int64(0), 1, 2, 0])
    let wrong: [(String, () -> Tensor)] = [
      ("focal", { Loss.focal()(output, Tensor([Int64(0)])) }),
      ("multiMargin", { Loss.multiMargin()(output, output) }),
      ("probabilities", { Loss.crossEntropyOnProbabilities(classWeights: [1])(output, labels) }),
      ("hinge", { Loss.hinge()(output, randomTensor([3, 4])) }),
      ("gaussianNLL", { Loss.gaussianNLL()(output, randomTensor([4])) }),
      ("KLDivergence", { KLDivergence()(output, randomTensor([3, 4])) }),
      ("GaussianNLL", { GaussianNLL()(output, variance: output, randomTensor([4])) }),
      ("CosineEmbedding", { CosineEmbedding()(output, randomTensor([3, 4]), labels) }),
      (
        "TripletMargin",
        { TripletMargin()(anchor: output, positive: output, negative: randomTensor([4])) }
      ),
      ("InfoNCE", { InfoNCE()(randomTensor([3]), randomTensor([3])) }),
      ("CTC", { CTC()(output, labels, lengths: [1], targetLengths: [1]) }),
    ]
    for (name, body) in wrong {
      let error = #expect(throws: TorchError.self) { try catchingTorchErrors { body() } }
      #expect(error?.message.lowercased().contains(name.lowercased()) == true, "\(name)")
    }
  }
}

private let weights: [Double] = [0.5, 1, 2, 4]

private func of(_ loss: Loss) -> LossCatalogueTests.Computation {
  { loss($0[0], $0[1], reduction: $1) }
}

private var computations: [String: LossCatalogueTests.Computation] {
  classComputations.merging(elementComputations) { $1 }.merging(otherComputations) { $1 }
}

private var classComputations: [String: LossCatalogueTests.Computation] {
  [
    "crossEntropyIgnoring": of(.crossEntropy()),
    "crossEntropyIgnoringWeighted": of(.crossEntropy(labelSmoothing: 0.1, classWeights: weights)),
    "focal": of(.focal()),
    "focalIgnoring": of(.focal(gamma: 1.5)),
    "focalWeighted": of(.focal(gamma: 0.5, classWeights: weights)),
    "focalSoft": of(.focal(classWeights: weights)),
    "divergence": of(.klDivergence()),
    "divergenceSmoothed": of(.klDivergence(labelSmoothing: 0.1)),
    "divergenceSoft": of(.klDivergence(labelSmoothing: 0.1)),
    "gaussianLogarithmic": of(.gaussianNLL(isFull: true)),
    "multiMargin": of(.multiMargin()),
    "multiMarginSquared": of(.multiMargin(margin: 0.7, power: 2, classWeights: weights)),
    "probabilities": of(.crossEntropyOnProbabilities()),
    "probabilitiesSmoothed": of(.crossEntropyOnProbabilities(labelSmoothing: 0.1)),
    "probabilitiesWeighted": of(.crossEntropyOnProbabilities(classWeights: weights)),
    "probabilitiesSoft": of(
      .crossEntropyOnProbabilities(labelSmoothing: 0.2, classWeights: weights)),
  ]
}

private var elementComputations: [String: LossCatalogueTests.Computation] {
  [
    "binaryWeighted": of(.binaryCrossEntropyWithLogits(positiveWeights: weights)),
    "binarySmoothed": of(
      .binaryCrossEntropyWithLogits(positiveWeights: nil, labelSmoothing: 0.2)),
    "binaryProbabilities": of(.binaryCrossEntropyOnProbabilities()),
    "binaryProbabilitiesSmoothed": of(.binaryCrossEntropyOnProbabilities(labelSmoothing: 0.2)),
    "binaryFocal": of(.binaryFocal()),
    "binaryFocalPlain": of(.binaryFocal(gamma: 1.5, alpha: nil)),
    "hinge": of(.hinge()),
    "squaredHinge": of(.hinge(isSquared: true)),
    "smoothL1": of(.smoothL1(beta: 0.6)),
    "quantile": of(.quantile(0.9)),
    "poisson": of(.poissonNLL()),
    "poissonFull": of(.poissonNLL(isLogarithmic: false, isFull: true, epsilon: 1e-6)),
  ]
}

private var otherComputations: [String: LossCatalogueTests.Computation] {
  [
    "kl": { KLDivergence()($0[0], $0[1], reduction: $1) },
    "klLogarithmic": {
      KLDivergence(isTargetLogarithmic: true)($0[0], $0[1], reduction: $1)
    },
    "gaussian": { GaussianNLL()($0[0], variance: $0[1], $0[2], reduction: $1) },
    "gaussianFull": {
      GaussianNLL(isFull: true, epsilon: 1e-2)($0[0], variance: $0[1], $0[2], reduction: $1)
    },
    "cosine": { CosineEmbedding(margin: -0.2)($0[0], $0[1], $0[2], reduction: $1) },
    "triplet": {
      TripletMargin()(anchor: $0[0], positive: $0[1], negative: $0[2], reduction: $1)
    },
    "tripletSwapped": {
      TripletMargin(margin: 0.5, power: 1.5, swaps: true)(
        anchor: $0[0], positive: $0[1], negative: $0[2], reduction: $1)
    },
    "infoNCE": { InfoNCE()($0[0], $0[1], reduction: $1) },
    "infoNCENegatives": {
      InfoNCE(temperature: 0.5)($0[0], $0[1], negatives: $0[2], reduction: $1)
    },
    "infoNCESymmetric": {
      InfoNCE(temperature: 0.5, isSymmetric: true)($0[0], $0[1], reduction: $1)
    },
    "ctc": {
      CTC(zeroesInfinities: true)(
        $0[0], $0[1], lengths: [7, 5, 4], targetLengths: [3, 2, 3], reduction: $1)
    },
  ]
}
