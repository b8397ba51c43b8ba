import Foundation
import HoneRecords
import HoneTensor

// Tools/cases healthy N [--seed N]: N made-up runs without a fault, to count false alarms.
// Tools/cases overhead [ROUNDS]: what the statistics cost ResNet-20 and a tiny perceptron, how long a
// diagnosis takes, how large a report is; JSON on standard output.
// Tools/cases replay FILE --evidence FOLDER …: judges records that `run --evidence` kept, without training.
// Tools/cases score FILE REPORT…: the tables of what several calls of `run --json` printed.
// Tools/cases run FILE [--json] [--score] [--only WORD]… [--seed N] [--seconds N] [--data FOLDER]
//                     [--evidence FOLDER] [--improve [--budget SECONDS] [--seeds N]]

struct Options {
  var file = ""
  var json = false
  var score = false
  var only: [String] = []
  var seed: UInt64 = 0
  var seconds = 120.0
  var home = ProcessInfo.processInfo.environment["HONE_DATA"]
  var evidence: String?
  var replays = false
  var makesHealthy = false
  var improves = false
  var budget = 120.0
  var seeds = 5

  init?(_ arguments: [String]) {
    var rest = arguments[...]
    let verb = rest.popFirst()
    guard verb == "run" || verb == "replay" || verb == "healthy" else { return nil }
    makesHealthy = verb == "healthy"
    replays = verb == "replay"
    while let word = rest.popFirst() {
      switch word {
      case "--json": json = true
      case "--score": score = true
      case "--only": if let value = rest.popFirst() { only.append(value) }
      case "--seed": seed = rest.popFirst().flatMap(UInt64.init) ?? 0
      case "--seconds": seconds = rest.popFirst().flatMap(Double.init) ?? seconds
      case "--data": home = rest.popFirst()
      case "--evidence": evidence = rest.popFirst()
      case "--improve": improves = true
      case "--budget": budget = rest.popFirst().flatMap(Double.init) ?? budget
      case "--seeds": seeds = max(2, rest.popFirst().flatMap(Int.init) ?? seeds)
      case _ where word.hasPrefix("--"): return nil
      default: file = word
      }
    }
    if file.isEmpty { return nil }
  }
}

func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

if CommandLine.arguments.dropFirst().first == "overhead" {
  let rounds = CommandLine.arguments.dropFirst(2).first.flatMap { Int($0) }
  let overhead = try Overhead(rounds: rounds ?? 9)
  say(overhead.table)
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys]
  FileHandle.standardOutput.write(try encoder.encode(overhead) + Data("\n".utf8))
  exit(0)
}
if CommandLine.arguments.count > 3, CommandLine.arguments[1] == "score" {
  let report = try CaseReport(
    file: CommandLine.arguments[2], merging: Array(CommandLine.arguments.dropFirst(3)))
  try report.write()
  if let improvement = report.improvement { say(improvement.table) }
  if let score = report.score { say(score.table) }
  exit(0)
}
guard let options = Options(Array(CommandLine.arguments.dropFirst())) else {
  say(
    "usage: Tools/cases run FILE [--json] [--score] [--only WORD] [--seed N] [--seconds N] "
      + "[--data FOLDER] [--evidence FOLDER] [--improve [--budget SECONDS] [--seeds N]]")
  exit(64)
}
Torch.keepFreedMemory()
let folder = URL(fileURLWithPath: options.file).deletingLastPathComponent()
let (all, described) =
  options.makesHealthy
  ? (HealthyCases.make(Int(options.file) ?? 100, seed: options.seed), [])
  : try CaseRecord.read(options.file)
let chosen = all.filter { record in
  options.only.isEmpty || options.only.contains { record.id.contains($0) }
}
var pairs: [(record: CaseRecord, outcome: CaseOutcome)] = []
for record in chosen {
  let run = CaseRun(
    record: record, folder: folder, home: options.home.map { URL(fileURLWithPath: $0) },
    seed: options.seed, limit: options.seconds)
  var known: RunEvidence?
  if options.replays, let place = options.evidence {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = FileManager.default.contents(atPath: "\(place)/\(record.id).json") else {
      continue
    }
    known = try decoder.decode(RunEvidence.self, from: data)
  }
  var (outcome, evidence) = run.outcome(from: known)
  if options.improves, let evidence {
    outcome.improvement = run.improvement(
      of: evidence, planned: outcome.plannedEpochs, budget: options.budget, seeds: options.seeds)
  }
  pairs.append((record, outcome))
  let problems = outcome.findings.map { $0.severity == "info" ? "(\($0.id))" : $0.id }
  say(
    "\(outcome.id) [\(outcome.manifestation)] \(outcome.status) \(outcome.verdict ?? "") "
      + "\(outcome.shortfall) \(problems.joined(separator: " ")) "
      + "\(String(format: "%.1f", outcome.seconds)) s \(outcome.reason ?? "")"
      + (outcome.reduced.map { " reduced: \($0)" } ?? ""))
  if let improvement = outcome.improvement { say("  " + improvement.line) }
  if !options.replays, let place = options.evidence, let evidence {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
    try encoder.encode(evidence).write(
      to: URL(fileURLWithPath: "\(place)/\(outcome.id).json"))
  }
}
for record in described where options.only.isEmpty {
  var outcome = CaseOutcome(
    id: record.id, kind: "described", status: "unavailable", manifestation: "unknown")
  outcome.reason = "described in words only"
  pairs.append((record, outcome))
}
let report = CaseReport(file: options.file, pairs, improves: options.improves)
if options.json {
  var printed = report
  if !options.score { printed.score = nil }
  try printed.write()
}
if let improvement = report.improvement { say(improvement.table) }
if options.score, let score = report.score {
  say(score.table)
  if options.makesHealthy {
    let bound = upperBound(failures: score.healthyFlagged, of: score.healthy)
    say(String(format: "upper 95 %% bound of the share flagged: %.1f %%", 100 * bound))
  }
}

/// Clopper and Pearson's one-sided upper bound of a share, 95 %, by bisection.
func upperBound(failures: Int, of count: Int) -> Double {
  guard count > 0, failures < count else { return 1 }
  func atMost(_ share: Double) -> Double {
    var term = pow(1 - share, Double(count))
    var sum = term
    for k in 0..<failures {
      term *= Double(count - k) / Double(k + 1) * share / (1 - share)
      sum += term
    }
    return sum
  }
  var low = 0.0
  var high = 1.0
  for _ in 0..<60 {
    let middle = (low + high) / 2
    if atMost(middle) > 0.05 { low = middle } else { high = middle }
  }
  return high
}
