// Studies in a store and workers on them, for Scripts/prove_search_workers.py.

import Foundation
import HoneRecords
import HoneSearch
import HoneStore
import Synchronization

/// The studies of a store.
func trialStore(_ address: String) throws -> DatabaseTrialStore {
  guard let store = try openStore(address) as? any DatabaseStore else {
    fatalError("\(address) keeps no studies.")
  }
  return DatabaseTrialStore(store)
}

/// Five floats.
func fiveFloats() throws -> SearchSpace {
  try SearchSpace((0..<5).map { .float("x\($0)", -5...5) })
}

/// Makes a study, with points in its queue.
func create(
  _ address: String, _ name: String, _ sampler: any TrialSampler, trials: Int, queued: Int
) throws {
  let study = try Study(
    name, space: fiveFloats(), objectives: [.minimize("value")], sampler: sampler,
    budget: .trials(trials), seed: 1)
  try study.enqueue((0..<queued).map { ["x0": .number(Double($0) / Double(queued))] })
  try StudyWorker.create(study, in: trialStore(address))
}

/// Works on a study when a line comes in: trials of ten reports, each with a checkpoint, or trials
/// that take no time.
///
/// Each start is a line of the log: trial, first step, process, time.
func work(
  _ address: String, _ name: String, _ sampler: any TrialSampler, milliseconds: Double, log: String
) throws {
  let worker = try StudyWorker(
    name, in: trialStore(address), sampler: sampler, identity: .current("bench"))
  FileHandle.standardOutput.write(Data("ready\n".utf8))
  _ = readLine()
  let gaps = Mutex<[Double]>([])
  let begun = Date()
  let last = Mutex(begun)
  let count = try worker.run { trial in
    let now = Date()
    gaps.withLock { $0.append(now.timeIntervalSince(last.withLock { $0 }) * 1000) }
    defer { last.withLock { $0 = Date() } }
    if milliseconds > 0 {
      try note("\(trial.number) \(trial.firstStep) \(getpid()) \(now.timeIntervalSince1970)", log)
      for step in trial.firstStep..<10 {
        Thread.sleep(forTimeInterval: milliseconds / 10_000)
        trial.save(Data([UInt8(step)]))
        if trial.report(trial["x0"], step: step) != .proceed { return [.nan] }
      }
    }
    return [(0..<5).reduce(0) { $0 + trial["x\($1)"] * trial["x\($1)"] }]
  }
  let sorted = gaps.withLock { $0.sorted() }
  func quantile(_ share: Double) -> Double {
    sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
  }
  print(
    "{\"trials\": \(count), \"seconds\": \(Date().timeIntervalSince(begun)), "
      + "\"gaps\": [\(sorted.map { String(format: "%.3f", $0) }.joined(separator: ","))], "
      + "\"p50\": \(quantile(0.5)), \"p99\": \(quantile(0.99))}")
}

/// Adds a line to a file that others add to.
private func note(_ line: String, _ path: String) throws {
  let file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0o644)
  defer { close(file) }
  let bytes = Array((line + "\n").utf8)
  guard write(file, bytes, bytes.count) == bytes.count else {
    fatalError("\(path): \(String(cString: strerror(errno)))")
  }
}

/// Milliseconds a trial over the 50 trials that end at a count, one worker.
func overhead(
  stored path: String, survivesPowerCut: Bool, _ sampler: any TrialSampler, counts: [Int]
) throws {
  let most = counts.max() ?? 100
  let store = DatabaseTrialStore(
    try SQLiteStore(path: path, survivesPowerCut: survivesPowerCut))
  try create(path, "overhead", sampler, trials: most, queued: 0)
  let worker = try StudyWorker(
    "overhead", in: store, sampler: sampler, identity: .current("bench"))
  let begun = Mutex<[Date]>([])
  try worker.run { trial in
    begun.withLock { $0.append(Date()) }
    return [(0..<5).reduce(0) { $0 + trial["x\($1)"] * trial["x\($1)"] }]
  }
  let times = begun.withLock { $0 } + [Date()]
  let marks = counts.map { count in
    "\"\(count)\": \(times[count].timeIntervalSince(times[count - 50]) * 1000 / 50)"
  }
  print("{\(marks.joined(separator: ", "))}")
}

/// Prints all of a study.
func show(_ address: String, _ name: String) throws {
  print(try CanonicalJSON.string(StudyWorker.record(of: name, in: trialStore(address))))
}
