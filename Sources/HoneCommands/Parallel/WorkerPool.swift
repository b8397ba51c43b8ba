import Foundation
import HoneRecords
import HoneText

/// The worker processes of a study on this machine: started, looked after, replaced when a trial has
/// brought one down, and told to end when this command is.
struct WorkerPool {
  /// A worker process.
  struct Worker {
    let place: Int
    let process: pid_t
  }

  /// How often in a row a process may end before it has a trial.
  private static let mostFalseStarts = 3

  /// The program that each process runs, with its arguments and environment.
  let program: String
  let arguments: [String]
  let variables: [String: String]
  /// How many processes.
  let count: Int
  let study: String
  let store: any TrialStore
  let environment: CommandEnvironment
  /// How often processes of this machine have been ended for want of memory.
  var memoryKills: @Sendable () -> Int = { MemoryKills.count }
  /// Seconds that workers have to end in order after a request.
  var graceSeconds = 60.0

  /// Runs the workers until the study has no trial for any of them.
  /// - Returns: 0, or the exit status of the first worker that could not work.
  /// - Throws: `EngineUnavailable.notStartable`.
  func run(_ interruption: Interruption) throws -> Int32 {
    // Its other end is the workers' standard input: they notice when this process is gone.
    let leash = try Leash()
    var state = Supervision(memoryKills: memoryKills())
    defer { Self.end(state.running) }
    for place in 0..<count { state.running.append(try start(place, leash)) }
    try withExtendedLifetime(leash) {
      while !state.running.isEmpty {
        for (index, worker) in state.running.enumerated().reversed() {
          guard let ending = ProcessEnding.of(worker.process) else { continue }
          state.running.remove(at: index)
          if goesOn(after: ending, of: worker, &state), !interruption.isRequested {
            state.running.append(try start(worker.place, leash))
          }
        }
        pass(interruption, &state)
        usleep(10_000)
      }
    }
    return state.failure ?? 0
  }

  /// What is known of the workers.
  private struct Supervision {
    var running: [Worker] = []
    var memoryKills: Int
    var falseStarts = 0
    var failure: Int32?
    var asked: ContinuousClock.Instant?
  }

  /// Whether another worker takes the place of one that has ended.
  private func goesOn(
    after ending: ProcessEnding, of worker: Worker, _ state: inout Supervision
  ) -> Bool {
    switch ending {
    case .exit(0), .exit(130), .exit(143): return false
    case .exit(ExitStatus.tryAgainLater.rawValue):
      // It has said why: a trial that hung was ended with it.
      return true
    case .exit(let status):
      state.failure = state.failure ?? status
      _ = try? store.lose(
        process: worker.process, in: study, failure: nil,
        note: "Its worker ended with status \(status).")
      return false
    case .signal(let number):
      let kills = memoryKills()
      let isMemory = number == SIGKILL && kills > state.memoryKills
      state.memoryKills = kills
      // Where the store cannot be reached the other workers find out by themselves.
      let lost = try? store.lose(
        process: worker.process, in: study, failure: isMemory ? .outOfMemory : nil,
        note: Self.sentence(about: number, isMemory).english)
      for trial in lost ?? [] { say(trial, worker, number, isMemory) }
      state.falseStarts = lost?.isEmpty == true ? state.falseStarts + 1 : 0
      guard state.falseStarts >= Self.mostFalseStarts else { return true }
      say(Self.falseStart(worker, number))
      state.failure = state.failure ?? ExitStatus.tryAgainLater.rawValue
      return false
    }
  }

  /// Hands on a request to end, and ends those that do not.
  private func pass(_ interruption: Interruption, _ state: inout Supervision) {
    guard interruption.isRequested else { return }
    guard let asked = state.asked else {
      state.asked = .now
      let signal = interruption.isTermination ? SIGTERM : SIGINT
      for worker in state.running { kill(worker.process, signal) }
      return
    }
    guard ContinuousClock.now - asked > .seconds(graceSeconds) else { return }
    for worker in state.running { kill(worker.process, SIGKILL) }
  }

  private static func end(_ workers: [Worker]) {
    for worker in workers { kill(worker.process, SIGKILL) }
    for worker in workers { waitpid(worker.process, nil, 0) }
  }

  private func start(_ place: Int, _ leash: Leash) throws -> Worker {
    var files = SpawnFiles()
    files.give(leash.readingEnd, as: 0)
    return Worker(place: place, process: try files.spawn(program, arguments, variables))
  }
}

// What is said of workers that end.
extension WorkerPool {
  private static func sentence(about signal: Int32, _ isMemory: Bool) -> Localized {
    if isMemory {
      return Localized(
        "Its process was ended because the machine ran out of memory.",
        korean: "메모리가 모자라 프로세스가 종료되었습니다.")
    }
    let name = String(cString: strsignal(signal))
    return Localized(
      "Its process was ended by signal \(signal) (\(name)).",
      korean: "프로세스가 시그널 \(signal)(\(name))로 끝났습니다.")
  }

  private func say(_ trial: TrialRecord, _ worker: Worker, _ signal: Int32, _ isMemory: Bool) {
    let cause = Self.sentence(about: signal, isMemory)
    let number = trial.number
    if let failure = trial.failure {
      say(
        Localized(
          "trial \(number) of study \(study) failed (\(failure.rawValue)). \(cause.english)",
          korean: "연구 \(study)의 시행 \(number)이(가) 실패했습니다(\(failure.rawValue)). "
            + "\(cause.korean)"))
      return
    }
    say(
      Localized(
        "trial \(number) of study \(study) lost its worker (process \(worker.process)) and is tried "
          + "again, attempt \(trial.attempt) of 3. \(cause.english)",
        korean: "연구 \(study)의 시행 \(number)이(가) 작업 프로세스(\(worker.process))를 잃어 다시 시도합니다"
          + "(최대 3번 가운데 \(trial.attempt)번째). \(cause.korean)"))
  }

  private static func falseStart(_ worker: Worker, _ signal: Int32) -> Localized {
    Localized(
      "\(mostFalseStarts) workers in a row ended before they had a trial, the last (process "
        + "\(worker.process)) by signal \(signal). No more are started.",
      korean: "작업 프로세스 \(mostFalseStarts)개가 잇따라 시행을 맡기 전에 끝났습니다. 마지막 프로세스 "
        + "\(worker.process)은(는) 시그널 \(signal)로 끝났습니다. 더 시작하지 않습니다.")
  }

  private func say(_ sentence: Localized) {
    environment.console.printErrorLine("hone: " + sentence.text(environment.language))
  }
}
