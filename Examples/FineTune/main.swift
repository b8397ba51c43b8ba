// Is a network that has seen ImageNet better on a few photos than the same network from scratch?
//
//   FineTune PHOTOS WEIGHTS
//
// PHOTOS holds train/ and val/ with a folder for each class, WEIGHTS a file of SqueezeNet 1.1 under
// PyTorch's names. For each seed both networks train on four fifths of train/ and choose their epoch by
// the rest; val/ judges them. Prints a table in Markdown, and ends with 1 where the gain is not shown.
import Foundation
import Hone

let isSmoke = CommandLine.arguments.contains("--smoke")
let paths = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("--") }
guard paths.count == 2 else {
  FileHandle.standardError.write(Data("usage: FineTune PHOTOS WEIGHTS [--smoke]\n".utf8))
  exit(ExitStatus.usage.rawValue)
}
let seeds = isSmoke ? 2 : 5
/// The gain that pretraining must bring at least.
let wantedGain = 0.05

/// What both ways of training have in common.
func recipe() -> Configuration {
  var configuration = Configuration()
  configuration.data.source = paths[0]
  configuration.data.batchSize = 16
  configuration.data.imageSize = isSmoke ? 48 : 96
  configuration.data.normalize = .imagenet
  configuration.augment = [.horizontalFlip()]
  configuration.model.architecture = .squeezeNet(version: .lighter)
  configuration.schedule = ScheduleConfiguration(.cosine())
  return configuration
}

/// The pretrained network: its head trains alone at first, then stage after stage joins, each at a lower
/// rate than the one above it.
func fineTuning() -> Configuration {
  var configuration = recipe()
  configuration.model.pretrained = paths[1]
  configuration.model.freeze = .gradual
  configuration.model.unfreezeEvery = 5
  configuration.model.stageRateFactor = 2.6
  configuration.optimizer = OptimizerConfiguration(.adamW(learningRate: 2e-3))
  configuration.training.epochs = isSmoke ? 1 : 15
  return configuration
}

/// The same network with random weights and more epochs.
///
/// At rates that suit the pretrained network this one's units die and it never leaves chance.
func fromScratch() -> Configuration {
  var configuration = recipe()
  configuration.optimizer = OptimizerConfiguration(.adamW(learningRate: 1e-4))
  configuration.training.epochs = isSmoke ? 1 : 24
  return configuration
}

/// Trains by a configuration and judges the best epoch's weights on the samples held out.
func result(_ configuration: Configuration, _ split: Split, seed: Int) throws -> EvaluationResult {
  let run = try AssembledRun(configuration, data: photos, split: split, seed: UInt64(seed))
  let outcome = try Trainer(run.plan, record: run.record).train()
  guard let test = run.test, outcome.record.status == .completed else {
    fatalError("Training ended as \(outcome.record.status): \(outcome.record.outcome ?? "")")
  }
  return try Evaluator(loss: run.plan.loss).evaluate(run.plan.model, on: test)
}

let photos = try recipe().openData(home: nil)
guard let parts = photos.parts, !parts.validation.isEmpty else {
  fatalError("\(paths[0]) has no train/ and val/.")
}
var tuned: [EvaluationResult] = []
var scratch: [EvaluationResult] = []
print("| seed | fine-tuned | from scratch | gain |")
print("|---|---|---|---|")
for (seed, fold) in try Split.folds(5, of: photos, seed: 0).prefix(seeds).enumerated() {
  let split = Split(train: fold.train, validation: fold.validation, test: parts.validation)
  tuned.append(try result(fineTuning(), split, seed: seed))
  scratch.append(try result(fromScratch(), split, seed: seed))
  let accuracies = [tuned[seed], scratch[seed]].map { $0.value(of: .accuracy) }
  let gain = accuracies[0] - accuracies[1]
  let cells = (accuracies + [gain]).map { Formatting.fixed($0, decimals: 3) }
  print("| \(seed) | \(cells.joined(separator: " | ")) |")
}

// The same photos judge all runs: seeds and photos are resampled together.
var stream = RandomStream(seed: 0, "gain of fine-tuning")
let estimate = pairedGain(
  baseline: scratch.map(\.scores), changed: tuned.map(\.scores), using: &stream)
let (mean, lower, upper) = (estimate.mean, estimate.lower, estimate.upper)
let numbers = [mean, lower, upper].map { Formatting.fixed($0, decimals: 3) }
print(
  "\nGain in accuracy over \(seeds) seeds and \(parts.validation.count) photos: \(numbers[0]), "
    + "95 % interval \(numbers[1]) to \(numbers[2]).")
let isShown = lower > wantedGain
print("The interval is \(isShown ? "" : "not ")above \(wantedGain).")
exit(isShown || isSmoke ? 0 : 1)
