import Foundation
public import HoneTensor
import Synchronization

/// The results of a body that runs once for each rank of a process group, each on a thread of its own
/// of this process.
///
/// - Parameters:
///   - size: how many ranks there are.
///   - configure: changes to a rank's place before it connects.
///   - body: what each rank does.
/// - Returns: what each rank's body came to, by rank; an error where it did not connect, or where a
///   rank has not ended within a minute.
public func inRanks<Value: Sendable>(
  _ size: Int, configure: @escaping @Sendable (inout ProcessGroupPlace) -> Void = { _ in },
  _ body: @escaping @Sendable (ProcessGroup) throws -> Value
) -> [Result<Value, any Error>] {
  let port = freePort()
  let results = Results<Value>(size)
  for rank in 0..<size {
    let thread = Thread {
      let result = Result {
        var place = ProcessGroupPlace(
          rank: rank, size: size, address: .init(host: "127.0.0.1", port: port))
        place.joinSeconds = 20
        place.rollCallSeconds = 0.3
        configure(&place)
        return try body(try ProcessGroup.connect(place))
      }
      results.values.withLock { $0[rank] = result }
    }
    thread.stackSize = 16 << 20
    thread.start()
  }
  for _ in 0..<6_000 {
    if results.values.withLock({ !$0.contains { $0 == nil } }) { break }
    usleep(10_000)
  }
  return results.values.withLock { $0.map { $0 ?? .failure(RankTimedOut()) } }
}

/// A rank that came to no end.
public struct RankTimedOut: Error {}

private final class Results<Value: Sendable>: Sendable {
  let values: Mutex<[Result<Value, any Error>?]>

  init(_ size: Int) { values = Mutex([Result<Value, any Error>?](repeating: nil, count: size)) }
}

/// A port of this machine that nothing listens at.
public func freePort() -> Int {
  #if canImport(Darwin)
    let kind = SOCK_STREAM
  #else
    let kind = Int32(SOCK_STREAM.rawValue)
  #endif
  let descriptor = socket(AF_INET, kind, 0)
  defer { close(descriptor) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = inet_addr("127.0.0.1")
  var length = socklen_t(MemoryLayout<sockaddr_in>.size)
  let isBound = withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
      bind(descriptor, plain, length) == 0 && getsockname(descriptor, plain, &length) == 0
    }
  }
  guard isBound else {
    fatalError("This machine gives no port: \(String(cString: strerror(errno))).")
  }
  return Int(UInt16(bigEndian: address.sin_port))
}
