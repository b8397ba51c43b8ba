import Foundation

/// A connection to a port of this machine.
final class LoopbackConnection {
  private let descriptor: Int32
  private let failure: (String) -> DataError
  private let deadline: Date

  /// Connects.
  /// - Parameter failure: the error for a reason.
  init(
    port: UInt16, isVersion6: Bool, timeoutSeconds: Double,
    failure: @escaping (String) -> DataError
  ) throws {
    self.failure = failure
    deadline = Date(timeIntervalSinceNow: timeoutSeconds)
    #if canImport(Darwin)
      let kind = SOCK_STREAM
    #else
      let kind = Int32(SOCK_STREAM.rawValue)
    #endif
    descriptor = socket(isVersion6 ? AF_INET6 : AF_INET, kind, 0)
    guard descriptor >= 0 else { throw failure(LoopbackConnection.systemReason) }
    var wait = timeval()
    wait.tv_sec = Int(timeoutSeconds.rounded(.up))
    let size = socklen_t(MemoryLayout<timeval>.size)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, size)
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &wait, size)
    guard connected(port, isVersion6) == 0 else { throw failure(LoopbackConnection.systemReason) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static var systemReason: String { String(cString: strerror(errno)) }

  private func connected(_ port: UInt16, _ isVersion6: Bool) -> Int32 {
    func open<Address>(_ address: Address) -> Int32 {
      withUnsafePointer(to: address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(descriptor, $0, socklen_t(MemoryLayout<Address>.size))
        }
      }
    }
    if isVersion6 {
      var address = sockaddr_in6()
      address.sin6_family = sa_family_t(AF_INET6)
      address.sin6_port = port.bigEndian
      address.sin6_addr = in6addr_loopback
      return open(address)
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return open(address)
  }

  /// Sends all bytes.
  func send(_ bytes: [UInt8]) throws {
    #if canImport(Darwin)
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    var sent = 0
    try bytes.withUnsafeBytes { raw in
      while sent < raw.count {
        let rest = UnsafeRawBufferPointer(rebasing: raw[sent...])
        let count = sendBytes(rest, flags)
        guard count > 0 else { throw failure(LoopbackConnection.systemReason) }
        sent += count
      }
    }
  }

  private func sendBytes(_ bytes: UnsafeRawBufferPointer, _ flags: Int32) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    #if canImport(Darwin)
      return Darwin.send(descriptor, base, bytes.count, flags)
    #else
      return Glibc.send(descriptor, base, bytes.count, flags)
    #endif
  }

  /// Reads until the other side closes.
  /// - Parameter limit: the most bytes to take.
  func receive(limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      guard Date() < deadline else { throw failure("no answer came in time") }
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count == 0 { return bytes }
      guard count > 0 else {
        throw failure(
          errno == EAGAIN ? "no answer came in time" : LoopbackConnection.systemReason)
      }
      bytes += buffer[..<count]
      if bytes.count > limit { throw failure("the answer is longer than \(limit) bytes") }
    }
  }
}
