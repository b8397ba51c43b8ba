// The measurements of Scripts/prove_search.py on our side: regret on functions with a known lowest
// value, and the time that a study takes for a trial beside its objective.

import Foundation
import HoneData
import HoneRecords
import HoneSearch

let samplers: [String: any TrialSampler] = [
  "random": RandomSampler(), "sobol": SobolSampler(), "tpe": TPESampler(),
  "tpe-independent": TPESampler(isMultivariate: false), "gp": GaussianSampler(),
  "cmaes": CMASampler(), "auto": AutoSampler(),
]

/// The lowest values after 25, 50, 100 and 200 trials, less the known lowest.
func regret(_ benchmark: Benchmark, _ sampler: any TrialSampler, trials: Int, seed: Int) throws {
  let names = benchmark.lower.indices.map { "x\($0)" }
  let space = try SearchSpace(
    names.indices.map { .float(names[$0], benchmark.lower[$0]...benchmark.upper[$0]) })
  let study = try Study(
    space: space, objectives: [.minimize("value")], sampler: sampler, budget: .trials(trials),
    seed: UInt64(seed))
  let start = Date()
  try study.run { trial in
    let values = trial.parameters
    return benchmark.value(names.map { values[$0]?.number ?? .nan })
  }
  let seconds = Date().timeIntervalSince(start)
  var best = Double.infinity
  var marks: [String] = []
  for trial in study.trials {
    best = min(best, trial.values.first ?? .infinity)
    if [25, 50, 100, 200].contains(trial.number + 1) {
      marks.append("\"\(trial.number + 1)\": \(best - benchmark.lowest)")
    }
  }
  print("{\"seed\": \(seed), \"seconds\": \(seconds), \(marks.joined(separator: ", "))}")
}

/// Milliseconds a trial over the 50 trials that end at a count, five floats, in memory.
func overhead(_ sampler: any TrialSampler, dimension: Int, counts: [Int]) throws {
  let names = (0..<dimension).map { "x\($0)" }
  let study = try Study(
    space: SearchSpace(names.map { .float($0, -5...5) }), objectives: [.minimize("value")],
    sampler: sampler, budget: .trials(counts.max() ?? 100), seed: 1)
  var marks: [String] = []
  var start = Date()
  var done = 0
  while case .trial(let trial) = study.ask() {
    let values = trial.parameters
    try study.tell(
      trial, [names.reduce(0) { $0 + (values[$1]?.number ?? 0) * (values[$1]?.number ?? 0) }])
    done += 1
    if counts.contains(done + 50) { start = Date() }
    if counts.contains(done) {
      marks.append("\"\(done)\": \(Date().timeIntervalSince(start) * 1000 / 50)")
    }
  }
  print("{\(marks.joined(separator: ", "))}")
}

let arguments = CommandLine.arguments
switch arguments.dropFirst().first {
case "regret" where arguments.count == 7:
  guard let benchmark = Benchmark.all.first(where: { $0.name == arguments[2] }),
    let sampler = samplers[arguments[3]], let trials = Int(arguments[4]),
    let first = Int(arguments[5]), let count = Int(arguments[6])
  else { fatalError("regret takes FUNCTION SAMPLER TRIALS FIRST-SEED SEEDS") }
  for seed in first..<(first + count) {
    try regret(benchmark, sampler, trials: trials, seed: seed)
  }
case "overhead" where arguments.count >= 5:
  guard let sampler = samplers[arguments[2]], let dimension = Int(arguments[3]) else {
    fatalError("overhead takes SAMPLER DIMENSION COUNT...")
  }
  try overhead(sampler, dimension: dimension, counts: arguments.dropFirst(4).compactMap { Int($0) })
case "create" where arguments.count == 7:
  guard let sampler = samplers[arguments[4]], let trials = Int(arguments[5]),
    let queued = Int(arguments[6])
  else { fatalError("create takes STORE STUDY SAMPLER TRIALS QUEUED") }
  try create(arguments[2], arguments[3], sampler, trials: trials, queued: queued)
case "work" where arguments.count == 7:
  guard let sampler = samplers[arguments[4]], let milliseconds = Double(arguments[5]) else {
    fatalError("work takes STORE STUDY SAMPLER MILLISECONDS LOG")
  }
  try work(
    arguments[2], arguments[3], sampler, milliseconds: milliseconds, log: arguments[6])
case "stored" where arguments.count >= 6:
  guard let sampler = samplers[arguments[3]] else {
    fatalError("stored takes FILE SAMPLER crash|power COUNT...")
  }
  try overhead(
    stored: arguments[2], survivesPowerCut: arguments[4] == "power", sampler,
    counts: arguments.dropFirst(5).compactMap { Int($0) })
case "split" where arguments.count == 4:
  guard let share = Double(arguments[2]), let seed = UInt64(arguments[3]) else {
    fatalError("split takes SHARE SEED")
  }
  let split = try Split.make(
    DataSource.open("digits"), validation: .fraction(share), test: .fraction(0), seed: seed)
  print(split.validation)
case "show" where arguments.count == 4:
  try show(arguments[2], arguments[3])
default:
  print("HoneSearchBench regret FUNCTION SAMPLER TRIALS FIRST-SEED SEEDS")
  print("HoneSearchBench overhead SAMPLER DIMENSION COUNT...")
  print("HoneSearchBench create STORE STUDY SAMPLER TRIALS QUEUED")
  print("HoneSearchBench work STORE STUDY SAMPLER MILLISECONDS LOG")
  print("HoneSearchBench stored FILE SAMPLER crash|power COUNT...")
  print("HoneSearchBench split SHARE SEED")
  print("HoneSearchBench show STORE STUDY")
}
