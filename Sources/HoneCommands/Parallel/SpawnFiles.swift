import Foundation

/// What a started process finds open, and the start itself.
///
/// Foundation's `Process` hands on neither sockets nor a process group of its own, which keeps a
/// terminal's Ctrl-C from reaching the processes twice.
struct SpawnFiles {
  private var given: [(from: Int32, to: Int32)] = []
  private var silenced: [Int32] = []

  /// Hands a file on under a number.
  mutating func give(_ descriptor: Int32, as number: Int32) { given.append((descriptor, number)) }

  /// Sends what is written to a number nowhere.
  mutating func silence(_ number: Int32) { silenced.append(number) }

  /// Starts a program with arguments and an environment.
  /// - Throws: `EngineUnavailable.notStartable`.
  func spawn(
    _ program: String, _ arguments: [String], _ variables: [String: String]
  ) throws -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    for file in given { posix_spawn_file_actions_adddup2(&actions, file.from, file.to) }
    for number in silenced {
      posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_WRONLY, 0)
    }
    // Signals that this process listens to are the new one's to set.
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGDEF))
    var process: pid_t = 0
    let status = withStrings([program] + arguments) { words in
      withStrings(variables.map { "\($0.key)=\($0.value)" }) { values in
        posix_spawn(&process, program, &actions, &attributes, words, values)
      }
    }
    guard status == 0 else {
      throw EngineUnavailable.notStartable(
        program: program, reason: String(cString: strerror(status)))
    }
    return process
  }
}

/// Runs a body with texts as C has them: pointers, and a null at the end.
private func withStrings<R>(
  _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> R
) -> R {
  let pointers = texts.map { strdup($0) }
  defer { for pointer in pointers { free(pointer) } }
  return body(pointers + [nil])
}

/// A socket that listens on this machine alone, at a port that was free.
final class ListeningSocket {
  let descriptor: Int32
  let port: Int
  private var isOpen = true

  /// - Throws: `EngineUnavailable.notStartable` where the system gives none.
  init() throws {
    #if canImport(Darwin)
      let kind = SOCK_STREAM
    #else
      let kind = Int32(SOCK_STREAM.rawValue)
    #endif
    let descriptor = socket(AF_INET, kind, 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
        bind(descriptor, plain, length) == 0 && listen(descriptor, 128) == 0
          && getsockname(descriptor, plain, &length) == 0
      }
    }
    guard descriptor >= 0, status else {
      throw EngineUnavailable.notStartable(
        program: "127.0.0.1", reason: String(cString: strerror(errno)))
    }
    self.descriptor = descriptor
    port = Int(UInt16(bigEndian: address.sin_port))
    closeOnExec(descriptor)
  }

  func close() {
    if isOpen { _ = Foundation.close(descriptor) }
    isOpen = false
  }

  deinit { close() }
}

/// A pipe that nothing is written to: whoever reads from it learns when this process ends.
final class Leash {
  let readingEnd: Int32
  private let writingEnd: Int32

  /// - Throws: `EngineUnavailable.notStartable` where the system gives none.
  init() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw EngineUnavailable.notStartable(
        program: "pipe", reason: String(cString: strerror(errno)))
    }
    readingEnd = ends[0]
    writingEnd = ends[1]
    for end in ends { closeOnExec(end) }
  }

  deinit {
    close(readingEnd)
    close(writingEnd)
  }
}

private func closeOnExec(_ descriptor: Int32) {
  _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
}
