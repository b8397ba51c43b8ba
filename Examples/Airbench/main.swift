// How soon does a small network know CIFAR-10? The recipe of airbench (Jordan 2024, arXiv 2404.00498):
// whitened patches, convolutions that begin as the identity, label smoothing, alternating flips, an
// average of the weights, and several views of each test image.
//
//   Airbench DATA [--epochs N] [--batch N] [--seeds N] [--smoke]
//
// DATA is a folder of the binary version, whole or a part of it. Prints a line for each epoch and, in
// Markdown, what came of it.
import Foundation
import Hone

let words = Array(CommandLine.arguments.dropFirst())
/// The number behind an option.
func option(_ name: String, usual: Int) -> Int {
  words.firstIndex(of: name).flatMap { words.indices.contains($0 + 1) ? Int(words[$0 + 1]) : nil }
    ?? usual
}

let isSmoke = words.contains("--smoke")
guard let folder = words.first, !folder.hasPrefix("--") else {
  FileHandle.standardError.write(
    Data("usage: Airbench DATA [--epochs N] [--batch N] [--seeds N] [--smoke]\n".utf8))
  exit(ExitStatus.usage.rawValue)
}
let epochs = option("--epochs", usual: isSmoke ? 1 : 10)
let data = try DataSource.open(folder)
guard let parts = data.parts, !parts.test.isEmpty else {
  fatalError("\(folder) has no test images.")
}
let trained = Array(parts.train.prefix(isSmoke ? 512 : .max))
let preprocessor = try Preprocessor.fit(data, indices: trained, normalization: .standardize)
let batchSize = min(option("--batch", usual: 1024), trained.count)
let train = try ImageSet(data, trained, preprocessor)
let test = try ImageSet(data, Array(parts.test.prefix(isSmoke ? 200 : .max)), preprocessor)

/// The share of test images that a network gets right, by several views of each or by itself.
@MainActor
func accuracy(of network: AirbenchNetwork, views: [ImageSet.View]? = nil) -> Double {
  network.evaluating {
    test.shareRight(by: views ?? [(test.images, 1)]) { images in
      withAutocast(.bfloat16, on: .cpu) { network(images) }
    }
  }
}

let momentum = 0.85
/// Whole batches of an epoch.
let perEpoch = train.count / batchSize
/// The images that a run learns from, each as often as it is seen.
let seen = epochs * perEpoch * batchSize

/// Trains a network; the seconds that took, and the accuracy of its last and of its averaged weights.
@MainActor
func run(seed: UInt64) -> (seconds: Double, last: Double, averaged: Double, views: Double) {
  var stream = RandomStream(seed: seed, "airbench")
  let network = AirbenchNetwork(classes: data.classes.count, using: &stream)
  network.whitening.whiten(by: train.images[0..<min(5000, train.count)])
  // Shifts learn 64 times as fast as weights; scales stay at one, the first filters as they are made.
  let norms = network.groups.flatMap { [$0.firstNorm, $0.secondNorm] }
  for fixed in network.whitening.parameters + norms.compactMap(\.weight) {
    fixed.isTrainable = false
  }
  let weights =
    network.groups.flatMap { [$0.first.weight, $0.second.weight] } + [network.head.weight]
  // The paper's rate is one for sums of losses over 1,024 images, momentum taken out.
  let rate: Double = 11.5 / (1 + 1 / (1 - momentum)) * Double(batchSize) / 1024
  let decay = 0.0153 / 11.5
  let optimizer = SGD(
    [
      ParameterGroup(weights, weightDecay: decay),
      ParameterGroup(norms.compactMap(\.bias), weightDecay: decay / 64, learningRateScale: 64),
    ], learningRate: rate, momentum: momentum, isNesterov: true)
  let average = ParameterAverage(
    of: network.parameters, buffers: network.namedBuffers.map(\.buffer),
    rule: .exponential(decay: 0.95))
  let loss = Loss.crossEntropy(labelSmoothing: 0.2)
  let steps = epochs * perEpoch
  var step = 0
  let clock = ContinuousClock()
  var spent = Duration.zero
  for epoch in 0..<epochs {
    let start = clock.now
    network.train()
    let views = train.epoch(epoch, seed: seed)
    let order = (0..<train.count).shuffled(using: &stream)
    for batch in 0..<perEpoch {
      // Up from a fifth to the peak, then down to 7 % of it.
      let share = Double(step) / Double(steps)
      optimizer.learningRate =
        rate * (share < 0.23 ? 0.2 + 0.8 * share / 0.23 : 1 - 0.93 * (share - 0.23) / 0.77)
      let (images, labels) = views.batch(Array(order[(batch * batchSize)...].prefix(batchSize)))
      withAutocast(.bfloat16, on: .cpu) { loss(network(images), labels) }.backward()
      optimizer.step()
      optimizer.clearGradients()
      step += 1
      if step.isMultiple(of: 5) { average.update() }
    }
    spent += clock.now - start
    let now = accuracy(of: network)
    print("seed \(seed), epoch \(epoch + 1): \(now) after \(spent / .seconds(1)) s")
  }
  let last = accuracy(of: network)
  average.exchange()
  let averaged = accuracy(of: network)
  return (spent / .seconds(1), last, averaged, accuracy(of: network, views: test.shiftedViews))
}

let results = (0..<option("--seeds", usual: 1)).map { run(seed: UInt64($0)) }
print("| seed | seconds | images a second | accuracy | of averaged weights | and of six views |")
print("|---|---|---|---|---|---|")
for (seed, result) in results.enumerated() {
  let rate = Double(seen) / result.seconds
  let accuracies = "\(result.last) | \(result.averaged) | \(result.views)"
  print("| \(seed) | \(Int(result.seconds)) | \(Int(rate)) | \(accuracies) |")
}
let perImage = results.map(\.seconds).reduce(0, +) / Double(results.count * seen)
print(
  "\n\(train.count) of 50,000 images, \(epochs) epochs. The ten epochs of the whole set would take "
    + "\(Int(perImage * 50_000 * 10 / 60)) minutes at this rate.")
