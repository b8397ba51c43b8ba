public import Foundation

/// Writes a file of events that TensorBoard shows.
///
/// A run that goes on after an interruption makes a new file in the same folder; TensorBoard joins them.
/// For use by one thread at a time.
public final class EventFileWriter {
  /// The file.
  public let path: String

  private let handle: FileHandle
  private var pending: [UInt8] = []
  private static let mostPending = 1 << 16

  /// Makes a file `events.out.tfevents.…` in a folder, which is made if need be.
  /// - Parameters:
  ///   - folder: TensorBoard shows each folder as a run.
  ///   - time: goes into the file's name and first event.
  /// - Throws: `StoreError.cannotCreate`.
  public init(folder: String, time: Date = Date()) throws(StoreError) {
    try createFolder(URL(filePath: folder, directoryHint: .isDirectory))
    let seconds = String(Int(time.timeIntervalSince1970))
    let host = ProcessInfo.processInfo.hostName.replacing("/", with: "-")
    let name = "events.out.tfevents.\(seconds).\(host).\(getpid())"
    var number = 0
    var descriptor: Int32 = -1
    var path = ""
    repeat {
      path = "\(folder)/\(name).\(number)"
      descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      number += 1
    } while descriptor < 0 && errno == EEXIST && number < 10_000
    guard descriptor >= 0 else {
      throw .cannotCreate(path: path, reason: String(cString: strerror(errno)))
    }
    self.path = path
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    pending = RecordFile.framed(Event.version(time).bytes)
    try flush()
  }

  /// Adds a value under a tag.
  /// - Parameters:
  ///   - value: what to show.
  ///   - tag: its name; TensorBoard groups names by what comes before a slash.
  ///   - step: where on the horizontal axis.
  ///   - time: when it was measured.
  /// - Throws: `StoreError`; what was flushed before is intact.
  public func add(
    _ value: SummaryValue, tag: String, step: Int, time: Date = Date()
  ) throws(StoreError) {
    try add(Event(time: time, step: step) { value.write(to: &$0, tag: tag) })
  }

  func add(_ event: Event) throws(StoreError) {
    pending += RecordFile.framed(event.bytes)
    if pending.count >= EventFileWriter.mostPending { try flush() }
  }

  /// Writes what waits, so that TensorBoard sees it.
  /// - Throws: `StoreError`.
  public func flush() throws(StoreError) {
    guard !pending.isEmpty else { return }
    do {
      try handle.write(contentsOf: pending)
      pending = []
    } catch {
      let isFull = (error as? CocoaError)?.code == .fileWriteOutOfSpace
      throw isFull
        ? .diskFull(path: path) : .inputOutput(path: path, reason: error.localizedDescription)
    }
  }
}

/// One record of an event file, as a `tensorflow.Event` message.
struct Event {
  let bytes: [UInt8]

  /// An event with one value; `value` writes it as `Summary.Value`.
  init(time: Date, step: Int, _ value: (inout ProtoWriter) -> Void) {
    var writer = ProtoWriter()
    writer.double(1, time.timeIntervalSince1970)
    writer.integer(2, step)
    writer.message(5) { $0.message(1, value) }
    bytes = writer.bytes
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The first event of a file.
  static func version(_ time: Date) -> Event {
    var writer = ProtoWriter()
    writer.double(1, time.timeIntervalSince1970)
    writer.text(3, "brain.Event:2")
    return Event(writer.bytes)
  }
}
