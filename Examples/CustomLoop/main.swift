// A training loop of one's own, from the parts that Hone's loop is made of: a network of a custom
// kind, batches, gradients, clipping, a schedule, evaluation.
import Hone

/// A network for 8x8 images with a skip connection, written as a module.
final class SkipNetwork: Layer {
  let first: Linear
  let second: Linear
  let head: Linear
  let dropout = Dropout(probability: 0.2)

  init(classes: Int, seed: UInt64) {
    var stream = RandomStream(seed: seed, "skip network")
    first = Linear(inputs: 64, outputs: 128, initializer: .kaimingNormal(), using: &stream)
    second = Linear(inputs: 128, outputs: 128, initializer: .kaimingNormal(), using: &stream)
    head = Linear(inputs: 128, outputs: classes, using: &stream)
  }

  /// `[batch, 1, 8, 8]` to `[batch, classes]`.
  func callAsFunction(_ images: Tensor) -> Tensor {
    let hidden = rectified(first(images.flattened(from: 1)))
    return head(dropout(hidden + rectified(second(hidden))))
  }

  private func rectified(_ input: Tensor) -> Tensor { input.clamped(minimum: 0) }
}

let isSmoke = CommandLine.arguments.contains("--smoke")
let epochs = isSmoke ? 2 : 15
let data = try DataSource.open("digits")
let split = try Split.make(data, seed: 1)
let preprocessor = try Preprocessor.fit(data, indices: split.train)
let batches = try DataLoader(
  data, indices: split.train, preprocessor: preprocessor,
  options: LoaderOptions(batchSize: 64, order: .shuffled, seed: 1))
let held = try DataLoader(data, indices: split.test, preprocessor: preprocessor)

let model = SkipNetwork(classes: data.classes.count, seed: 1)
let loss = Loss.crossEntropy(labelSmoothing: 0.05)
let optimizer = AdamW(
  ParameterGroup.decayingWeightsOnly(model.namedParameters, weightDecay: 0.01),
  learningRate: 2e-3)
let schedule = LearningRateSchedule.cosine().warmedUp(over: .epochs(1))
var step = 0

for epoch in 1...epochs {
  model.train()
  var total = 0.0
  let iterator = batches.epoch(epoch)
  while let batch = try iterator.next() {
    // The factor is a pure function of the step: resuming cannot go wrong.
    let moment = ScheduleMoment(
      step: step, stepsPerEpoch: batches.batchesPerEpoch, epochs: epochs)
    optimizer.learningRate = 2e-3 * schedule.factor(at: moment)
    let value = loss(model(Tensor(batch.inputs)), Tensor(batch.targets))
    value.backward()
    clipGradients(of: model.parameters, toNorm: 1)
    optimizer.step()
    optimizer.clearGradients()
    // Reading the loss waits for the device; on a GPU, read it less often.
    total += value.item() * Double(batch.count)
    step += 1
  }
  let result = try Evaluator(loss: loss).evaluate(model, on: held)
  print(
    "epoch \(epoch): loss \(total / Double(split.train.count)), "
      + "held-out accuracy \(result.value(of: .accuracy))")
}
