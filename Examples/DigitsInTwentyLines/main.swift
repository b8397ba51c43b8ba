// Trains a small network on the bundled handwritten digits and judges it on data it never saw.
import Hone

var configuration = Configuration()
configuration.data.source = "digits"
configuration.data.batchSize = 64
configuration.model.architecture = .mlp(widths: [64], normalization: .batchNorm)
configuration.training.epochs = CommandLine.arguments.contains("--smoke") ? 2 : 20

let data = try configuration.openData(home: nil)
let split = try configuration.split(data, seed: 0)
let run = try AssembledRun(configuration, data: data, split: split)

let progress = ClosureObserver { event in
  if case .epoch(let epoch) = event {
    print("epoch \(epoch.epoch): loss \(epoch.trainLoss), valid \(epoch.validationMetric ?? 0)")
  }
}
let outcome = try Trainer(run.plan, record: run.record, observers: [progress]).train()

if let test = run.test {
  let result = try Evaluator(loss: run.plan.loss).evaluate(run.plan.model, on: test)
  print("test accuracy \(result.value(of: .accuracy)) after \(outcome.record.epochs) epochs")
}
