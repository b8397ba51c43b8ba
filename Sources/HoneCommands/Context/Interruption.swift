import Dispatch
import Foundation
import Synchronization

/// Whether the user or the system asked the process to stop.
///
/// The first Ctrl-C or SIGTERM is a request, which the training loop looks up after each step; the
/// second Ctrl-C ends the process at once.
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

  /// Asks for an orderly end, as a signal of that number would.
  public func request(_ number: Int32) {
    signal.withLock { if $0 == 0 { $0 = number } }
  }

  /// Listens to SIGINT and SIGTERM from now on.
  public func listen() {
    for number in [SIGINT, SIGTERM] {
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
}
