import CTorch
import HoneNumerics

/// Processes that exchange tensors: those of the CPU over libtorch's own Gloo, those of CUDA devices by NCCL.
///
/// Every process makes the same calls in the same order; each call waits for all of them.
///
/// ```swift
/// let place = ProcessGroupPlace(rank: 0, size: 2, address: .init(host: "10.0.0.1", port: 29500))
/// let group = try ProcessGroup.connect(place)
/// let whole = try group.sum(part)
/// ```
public final class ProcessGroup {
  /// Which of the processes this is, from 0.
  public let rank: Int
  /// How many processes there are.
  public let size: Int
  let pointer: ct_group?
  private var cause: ProcessGroupError?

  private init(_ pointer: ct_group?, rank: Int, size: Int) {
    self.pointer = pointer
    self.rank = rank
    self.size = size
  }

  deinit { ct_group_free(pointer) }

  /// Whether this libtorch has process groups.
  public static var isAvailable: Bool { ct_groups_available() }

  /// Whether this process is the one that writes what others read.
  public var isWriter: Bool { rank == 0 }

  /// Meets the other processes and connects to each of them.
  /// - Throws: `ProcessGroupError` naming the address, or the ranks that did not come.
  public static func connect(
    _ place: ProcessGroupPlace
  ) throws(ProcessGroupError) -> ProcessGroup {
    guard isAvailable else { throw .unavailable }
    var pointer: ct_group?
    guard connect(place, &pointer) != CT_OK else {
      return ProcessGroup(pointer, rank: place.rank, size: place.size)
    }
    let reason = firstLine(String(cString: ct_error_message()))
    var present = [UInt8](repeating: 0, count: place.size)
    ct_group_present(&present, place.size)
    let absent = present.indices.filter { present[$0] == 0 }
    guard !absent.isEmpty, absent.count < place.size else {
      throw .notReached(host: place.address.host, port: place.address.port, reason: reason)
    }
    throw .absent(ranks: absent, size: place.size, seconds: place.joinSeconds)
  }

  private static func connect(_ place: ProcessGroupPlace, _ out: inout ct_group?) -> ct_status {
    place.address.host.withCString { host in
      place.attempt.withCString { attempt in
        (place.interface ?? "").withCString { interface in
          ct_group_connect(
            ct_group_options(
              host: host, port: place.address.port,
              listening_socket: Int(place.listeningSocket ?? -1), hosts: place.isHost,
              rank: place.rank, size: place.size,
              interface: place.interface == nil ? nil : interface, attempt: attempt,
              join_seconds: place.joinSeconds, timeout_seconds: place.timeoutSeconds,
              roll_call_seconds: place.rollCallSeconds), &out)
        }
      }
    }
  }

  /// The sum of a tensor over all processes, in every process.
  /// - Throws: `ProcessGroupError` where a process was lost.
  public func sum(_ tensor: Tensor) throws(ProcessGroupError) -> Tensor {
    let sum = withoutGradients { tensor.detached().clone() }
    try check(withExtendedLifetime(sum) { ct_group_sum(pointer, sum.pointer) })
    return sum
  }

  /// The sums of numbers over all processes, in every process.
  /// - Throws: `ProcessGroupError` where a process was lost.
  public func sum(_ values: [Double]) throws(ProcessGroupError) -> [Double] {
    let tensor = Tensor(HostTensor(values, shape: [values.count]))
    try check(withExtendedLifetime(tensor) { ct_group_sum(pointer, tensor.pointer) })
    return tensor.hostTensor().values(as: Double.self)
  }

  /// The bytes that one process has, in every process.
  /// - Parameter bytes: looked at in the process of that rank alone.
  /// - Throws: `ProcessGroupError` where a process was lost.
  public func broadcast(
    _ bytes: [UInt8], from root: Int = 0
  ) throws(ProcessGroupError) -> [UInt8] {
    let count = try sum([rank == root ? Double(bytes.count) : 0])
    let length = Int(count.first ?? 0)
    if length == 0 { return [] }
    let own = rank == root ? bytes : [UInt8](repeating: 0, count: length)
    let tensor = Tensor(HostTensor(dtype: .uint8, shape: [length], bytes: own))
    try broadcast(into: tensor, from: root)
    return tensor.hostTensor().bytes
  }

  /// Writes the values that one process has into a tensor, in place.
  package func broadcast(into tensor: Tensor, from root: Int = 0) throws(ProcessGroupError) {
    try check(
      withExtendedLifetime(tensor) { ct_group_broadcast(pointer, tensor.pointer, root) })
  }

  /// Whether an exchange has failed: the group is of no use any more.
  public var hasFailed: Bool { ct_group_failed(pointer) }

  /// Tells the others why this process stops, so that they stop with the reason.
  public func leave(because reason: String) { ct_group_leave(pointer, reason) }

  /// Why exchanges fail: asks who is still there, which takes up to four seconds.
  public func findCause(_ message: String) -> ProcessGroupError {
    if let cause { return cause }
    var missing = [UInt8](repeating: 0, count: size)
    ct_group_roll_call(pointer, &missing)
    let losses = missing.indices.filter { missing[$0] != 0 && $0 != rank }.map { rank in
      ProcessGroupError.Loss(rank: rank, reason: reason(of: rank))
    }
    let found: ProcessGroupError =
      losses.isEmpty ? .broken(reason: firstLine(message)) : .lost(losses, size: size)
    cause = found
    return found
  }

  private func reason(of rank: Int) -> String {
    var text = [CChar](repeating: 0, count: 1000)
    ct_group_reason(pointer, rank, &text, text.count)
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func check(_ status: ct_status) throws(ProcessGroupError) {
    if status == CT_OK { return }
    throw findCause(String(cString: ct_error_message()))
  }
}

/// The first line of a message, without the place in libtorch's sources that it begins with.
private func firstLine(_ message: String) -> String {
  message.split(separator: "\n").first.map(String.init) ?? message
}
