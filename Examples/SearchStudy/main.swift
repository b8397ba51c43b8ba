// A search of three hyperparameters with early ends for hopeless trials, of a model small enough to
// be read here: logistic regression by gradient descent with momentum.
import Foundation
import HoneNumerics
import HoneRecords
import HoneSearch
import HoneText

/// Points of two classes whose features differ a thousandfold in size, so that the rate matters.
struct Samples: Sendable {
  var features: [[Double]] = []
  var labels: [Double] = []

  init(count: Int, seed: UInt64) {
    var stream = RandomStream(seed: seed, "samples")
    for index in 0..<count {
      let label = Double(index % 2)
      let shift = 1.2 * (label - 0.5)
      features.append([shift + stream.normal(), 30 * (stream.normal() - shift), 1])
      labels.append(label)
    }
  }

  func loss(_ weights: [Double]) -> Double {
    var sum = 0.0
    for (x, label) in zip(features, labels) {
      let score = zip(x, weights).reduce(0) { $0 + $1.0 * $1.1 }
      sum += max(score, 0) + log1p(exp(-abs(score))) - score * label
    }
    return sum / Double(labels.count)
  }

  func gradient(_ weights: [Double]) -> [Double] {
    var gradient = weights.map { _ in 0.0 }
    for (x, label) in zip(features, labels) {
      let score = zip(x, weights).reduce(0) { $0 + $1.0 * $1.1 }
      let error = 1 / (1 + exp(-score)) - label
      for k in gradient.indices { gradient[k] += error * x[k] / Double(labels.count) }
    }
    return gradient
  }
}

let isSmoke = CommandLine.arguments.contains("--smoke")
let training = Samples(count: 200, seed: 1)
let validation = Samples(count: 200, seed: 2)

let study = try Study(
  minimize: "validation loss", sampler: .tpe, pruner: .halving,
  budget: .trials(isSmoke ? 30 : 100), seed: 7)

try study.run(workers: 2) { trial in
  let rate = try trial.float("rate", in: 1e-5...1, scale: .log)
  let decay = try trial.float("decay", in: 1e-6...1e-1, scale: .log)
  let method = try trial.choice("method", of: ["plain", "momentum"])
  let momentum = method == "momentum" ? try trial.float("momentum", in: 0.5...0.99) : 0

  var weights = [0.0, 0, 0]
  var velocity = weights
  for epoch in 1...30 {
    let gradient = training.gradient(weights)
    for k in weights.indices {
      velocity[k] = momentum * velocity[k] - rate * (gradient[k] + decay * weights[k])
      weights[k] += velocity[k]
    }
    // A trial that others leave behind ends here; what it returns then is not used.
    if trial.report(validation.loss(weights), step: epoch) != .proceed { return .nan }
  }
  return validation.loss(weights)
}

let best = try study.best
print("best of \(study.trials.count) trials: \(best.values[0]) with trial \(best.number)")
print(study.record.table(5))
for importance in (try? study.record.importance()) ?? [] {
  print("importance of \(importance.name): \(Formatting.percent(importance.share))")
}
