import Dispatch
import Foundation
import Synchronization

/// Whether the user or the system asked the process to stop.
///
/// The first Ctrl-C, SIGTERM, or the end of the terminal (SIGHUP) is a request, which the training loop
/// looks up after each step; the second Ctrl-C ends the process at once.
public final class Interruption: Sendable {
  private let signal = Mutex<Int32>(0)
  private let sources = Mutex<[Watch]>([])

  /// Sound because a dispatch source is only kept here, to stay alive; nothing is called on it.
  private struct Watch: @unchecked Sendable { let source: any DispatchSourceSignal }

  /// An interruption that nobody has asked for.
  public init() {}

  /// Whether the work should come to an orderly end.
  public var isRequested: Bool { signal.withLock { $0 != 0 } }

  /// Whether the request was SIGTERM, so that the process ends with 143 and not with 130.
  public var isTermination: Bool { signal.withLock { $0 == SIGTERM } }

  /// The status that the process ends with after an orderly end: 128 and the signal's number.
  public var exitStatus: Int32 {
    let number = signal.withLock { $0 }
    return 128 + (number == 0 ? SIGINT : number)
  }

  /// Asks for an orderly end, as a signal of that number would.
  public func request(_ number: Int32) {
    signal.withLock { if $0 == 0 { $0 = number } }
  }

  /// Takes the end of standard input for a request to end, as SIGTERM is: a launcher holds its other end
  /// and writes nothing, so that it ends when the launcher is gone.
  public func watchStandardInput() {
    let thread = Thread { [weak self] in
      var byte: UInt8 = 0
      var count = 1
      while count > 0 || (count < 0 && errno == EINTR) { count = read(0, &byte, 1) }
      self?.request(SIGTERM)
    }
    thread.name = "hone launcher watch"
    thread.start()
  }

  /// Listens to SIGINT, SIGTERM and SIGHUP from now on; a pipe that nobody reads any longer ends nothing.
  public func listen() {
    Foundation.signal(SIGPIPE, SIG_IGN)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      // Whoever started the process with nohup means it.
      if number == SIGHUP, Self.isIgnored(number) { continue }
      Foundation.signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak self] in
        guard let self else { return }
        if number == SIGINT, self.isRequested { _exit(130) }
        self.request(number)
      }
      source.resume()
      sources.withLock { $0.append(Watch(source: source)) }
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    let former = Foundation.signal(number, SIG_IGN)
    let isIgnored = unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    if !isIgnored { Foundation.signal(number, former) }
    return isIgnored
  }
}
