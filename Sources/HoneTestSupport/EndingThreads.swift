import Foundation
import Synchronization

/// What became of the closure that runs.
private enum Fate {
  static let running = 0
  static let ended = 1
  static let cameBack = 2
}

private let fate = Atomic<Int>(Fate.running)

/// Ends the process: with failure where each of some closures would have ended it, with success, and a
/// line on standard error, where one came back.
///
/// For the body of an exit test: a process for each closure would load libtorch each time. Each closure
/// runs on a thread of its own, which a trap or an abort parks for good.
public func endAsEach(of closures: [@Sendable () -> Void]) -> Never {
  fate.store(Fate.running, ordering: .sequentiallyConsistent)
  for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV] {
    signal(number) { _ in
      fate.store(Fate.ended, ordering: .sequentiallyConsistent)
      while true { pause() }
    }
  }
  for (index, closure) in closures.enumerated() where !ends(closure) {
    try? FileHandle.standardError.write(
      contentsOf: Data("closure \(index) did not end the process\n".utf8))
    _exit(EXIT_SUCCESS)
  }
  _exit(EXIT_FAILURE)
}

/// Whether a closure is stopped by a signal within half a minute.
private func ends(_ closure: @escaping @Sendable () -> Void) -> Bool {
  fate.store(Fate.running, ordering: .sequentiallyConsistent)
  let thread = Thread {
    closure()
    fate.store(Fate.cameBack, ordering: .sequentiallyConsistent)
  }
  thread.stackSize = 8 << 20
  thread.start()
  for _ in 0..<30_000 {
    if fate.load(ordering: .sequentiallyConsistent) != Fate.running { break }
    usleep(1000)
  }
  return fate.load(ordering: .sequentiallyConsistent) == Fate.ended
}
