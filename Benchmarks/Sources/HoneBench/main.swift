// Hone's side of the benchmarks: `HoneBench workloads.json NAME` prints one line of JSON, and with
// `--roofline` in place of a name what this machine can do. `HoneBench stacks` prints how many runs of
// one shape it pays to train together.
import Foundation
import Hone

if CommandLine.arguments.dropFirst() == ["stacks"] {
  try Stacking.printTable()
  exit(0)
}
guard CommandLine.arguments.count == 3,
  let document = try? Workloads(file: CommandLine.arguments[1])
else {
  FileHandle.standardError.write(Data("usage: HoneBench WORKLOADS.json NAME|--roofline\n".utf8))
  exit(64)
}
if CommandLine.arguments[2] == "--roofline" {
  Torch.keepFreedMemory()
  Torch.threads = document.threads
  print(String(decoding: try JSONEncoder().encode(Roofline(document.workloads)), as: UTF8.self))
  exit(0)
}
guard let workload = document.workloads.first(where: { $0.name == CommandLine.arguments[2] }) else {
  FileHandle.standardError.write(Data("no workload \(CommandLine.arguments[2])\n".utf8))
  exit(64)
}
Torch.keepFreedMemory()
Torch.threads = workload.threads ?? document.threads
Torch.seed(document.seed)
var measurement = Measurement(library: "libtorch \(Torch.version)")
switch workload.kind {
case .smallOperation:
  let left = Tensor.ones([workload.elements ?? 1])
  let right = Tensor.ones([workload.elements ?? 1])
  for _ in 0..<workload.warmUp { _ = left + right }
  measurement.time(workload.steps) { _ in _ = left + right }
case .augmentation:
  var augmenting = Augmenting(workload, seed: document.seed)
  for index in 0..<workload.warmUp { augmenting.step(index) }
  measurement.time(workload.steps) { augmenting.step($0) }
case .loading:
  var loading = try Loading(workload, seed: document.seed)
  _ = try loading.load(workload.warmUp)
  try measurement.time { try loading.load(workload.steps) }
case .opening:
  try measurement.time {
    try Loading.open(workload)
    return 1
  }
case .startUp:
  measurement.loss = Training(workload, seed: document.seed).step(0)
case .trainingStep:
  let training = Training(workload, seed: document.seed)
  for index in 0..<workload.warmUp { training.step(index) }
  measurement.time(workload.steps) { training.step($0) }
  measurement.loss = training.step(0)
case .inference:
  let inference = Inference(workload, seed: document.seed)
  for index in 0..<workload.warmUp { inference.predict(index) }
  measurement.time(workload.steps) { inference.predict($0) }
case .textAugmentation:
  let texts = try TextAugmenting(workload, vocabulary: document.vocabulary, seed: document.seed)
  for index in 0..<workload.warmUp { texts.augment(index) }
  measurement.time(workload.steps) { texts.augment($0) }
}
measurement.peakMemory = Measurement.largestResidentSize()
print(String(decoding: try JSONEncoder().encode(measurement), as: UTF8.self))
