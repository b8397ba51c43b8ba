import Foundation
import HoneText

/// Starts the processes of a run on this machine and looks after them: signals go on to all, and when
/// one is lost none is left behind.
struct ProcessLauncher {
  /// The program that each process runs, with this command's arguments.
  let program: String
  /// How many processes.
  let count: Int
  let environment: CommandEnvironment
  /// Seconds that the others have to notice by themselves that one is gone, before they are told.
  var graceSeconds = 20.0
  /// Seconds that they then have to end, before they are ended.
  var killSeconds = 10.0

  /// Runs the processes to their end.
  /// - Returns: the exit status: that of the first that failed, or an interruption's.
  /// - Throws: `EngineUnavailable.notStartable`.
  func run(_ interruption: Interruption) throws -> Int32 {
    let socket = try ListeningSocket()
    // Its other end is the processes' standard input: they notice when this process is gone.
    let leash = try Leash()
    var running: [pid_t: Int] = [:]
    do {
      for rank in 0..<count {
        running[try start(rank, socket: socket, leash: leash)] = rank
      }
    } catch {
      for process in running.keys { kill(process, SIGKILL) }
      for process in running.keys { waitpid(process, nil, 0) }
      throw error
    }
    socket.close()
    return withExtendedLifetime(leash) { supervise(&running, interruption) }
  }

  private func supervise(
    _ running: inout [pid_t: Int], _ interruption: Interruption
  ) -> Int32 {
    var failure: ProcessEnding?
    var failed = ContinuousClock.now
    var forwarded = false
    var told = false
    while !running.isEmpty {
      for (process, rank) in running {
        guard let ending = ProcessEnding.of(process) else { continue }
        running[process] = nil
        guard ending != .exit(0), failure == nil else { continue }
        failure = ending
        failed = .now
        if case .signal(let number) = ending { say(rank, process, number) }
      }
      if interruption.isRequested, !forwarded {
        forwarded = true
        Self.send(interruption.isTermination ? SIGTERM : SIGINT, to: running)
      }
      let waited = failed.duration(to: .now) / .seconds(1)
      if failure != nil, !told, waited > graceSeconds {
        told = true
        Self.send(SIGTERM, to: running)
      }
      if failure != nil, waited > graceSeconds + killSeconds { Self.send(SIGKILL, to: running) }
      usleep(20_000)
    }
    switch failure {
    case nil: return 0
    case .exit(let status): return status
    case .signal: return ExitStatus.tryAgainLater.rawValue
    }
  }

  private static func send(_ signal: Int32, to running: [pid_t: Int]) {
    for process in running.keys { kill(process, signal) }
  }

  private func say(_ rank: Int, _ process: pid_t, _ number: Int32) {
    let name = String(cString: strsignal(number))
    let sentence = Localized(
      "rank \(rank) of \(count) (process \(process)) was ended by signal \(number) (\(name)). The "
        + "others stop. Continue with `hone train --resume last`, with any number of --processes.",
      korean: "전체 \(count)개 가운데 랭크 \(rank)(프로세스 \(process))이(가) 시그널 \(number)(\(name))로 끝났습니다. "
        + "나머지도 멈춥니다. `hone train --resume last`로 이어서 하십시오. --processes의 개수는 달라도 됩니다.")
    environment.console.printErrorLine("hone: " + sentence.text(environment.language))
  }

  /// Where a process finds the meeting point's socket.
  private static let socketInChild: Int32 = 10

  private func start(_ rank: Int, socket: ListeningSocket, leash: Leash) throws -> pid_t {
    var variables = environment.variables
    variables["RANK"] = String(rank)
    variables["WORLD_SIZE"] = String(count)
    variables["LOCAL_RANK"] = String(rank)
    variables["LOCAL_WORLD_SIZE"] = String(count)
    variables["MASTER_ADDR"] = "127.0.0.1"
    variables["MASTER_PORT"] = String(socket.port)
    variables["HONE_LAUNCHED"] = "1"
    // What libtorch logs of a lost connection is said better by those who notice it.
    variables["TORCH_CPP_LOG_LEVEL"] = variables["TORCH_CPP_LOG_LEVEL"] ?? "FATAL"
    variables["HONE_LISTENING_SOCKET"] = rank == 0 ? String(Self.socketInChild) : nil
    var files = SpawnFiles()
    files.give(leash.readingEnd, as: 0)
    if rank == 0 {
      files.give(socket.descriptor, as: Self.socketInChild)
    } else {
      files.silence(1)
    }
    return try files.spawn(program, environment.arguments, variables)
  }
}
