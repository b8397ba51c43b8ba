import Foundation
import HoneText

/// What a file of `torch.save` holds: the pickled values, and where the numbers of its tensors lie.
struct TorchFile {
  let heap: PickleHeap
  let root: PickleValue
  /// The bytes of each storage, without a copy.
  let storages: [String: Data]
  /// Whether the numbers stand in the other byte order than this machine's.
  let isSwapped: Bool
  private let fileBytes: Int

  /// Tensors may share storages and repeat them, but not so that a small file fills the memory: dense
  /// copies may take this many times the file, and some room for small files.
  private static let largestGrowth = 8
  private static let room = 64 << 20

  #if _endian(big)
    private static let isBigEndian = true
  #else
    private static let isBigEndian = false
  #endif

  /// Reads the zip form, which PyTorch 1.6 and later write.
  init(zip data: Data) throws(WeightProblem) {
    let entries = try ZipDirectory(data).entries
    // All entries lie in one folder, whose name is the file's when it was written.
    let suffix = "/data.pkl"
    let pickles = entries.keys.filter { $0.hasSuffix(suffix) }
    guard pickles.count == 1, let name = pickles.first, let pickle = entries[name] else {
      throw .unsupported(
        Localized(
          "it is a zip archive without a data.pkl of torch.save.",
          korean: "torch.save의 data.pkl이 없는 zip 파일입니다."))
    }
    let folder = name.dropLast(suffix.count)
    guard entries["\(folder)/constants.pkl"] == nil else {
      throw .unsupported(
        Localized(
          "it is a TorchScript program. Save model.state_dict() with torch.save.",
          korean: "TorchScript 프로그램입니다. torch.save로 model.state_dict()를 저장하십시오."))
    }
    var machine = PickleMachine(ByteCursor(pickle))
    root = try machine.run()
    heap = machine.heap
    let order = entries["\(folder)/byteorder"].map { String(decoding: $0, as: UTF8.self) }
    isSwapped = (order == "big") != Self.isBigEndian
    var storages: [String: Data] = [:]
    for record in heap.storages {
      storages[record.key] = entries["\(folder)/data/\(record.key)"]
    }
    self.storages = storages
    fileBytes = data.count
    try checkStorages()
  }

  /// How the older form begins: protocol 2 and the format's magic number.
  static let legacyMagic: [UInt8] = [
    0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
  ]

  /// Reads the older form: pickles of the magic number, the format's version, the machine, the values
  /// and the storages' keys, and then each storage behind its length.
  init(legacy data: Data) throws(WeightProblem) {
    var machine = PickleMachine(ByteCursor(data, at: Self.legacyMagic.count))
    guard try machine.run() == .integer(1001) else {
      throw .malformed("version of the format", at: machine.cursor.offset)
    }
    var isLittle = true
    if case .dictionary(let index) = try machine.run() {
      isLittle = !machine.heap.textEntries(index).contains {
        $0.key == "little_endian" && $0.value == .flag(false)
      }
    }
    isSwapped = isLittle == Self.isBigEndian
    root = try machine.run()
    let keyList = try machine.run()
    heap = machine.heap
    let keys = heap.items(keyList) ?? []
    var sizes: [String: Int] = [:]
    for record in heap.storages { sizes[record.key] = record.dtype?.size ?? 1 }
    var storages: [String: Data] = [:]
    var cursor = machine.cursor
    for key in keys {
      guard case .text(let name) = key, let size = sizes[name] else {
        throw .malformed("key of a storage", at: cursor.offset)
      }
      let start = cursor.offset
      let count = try Self.count(cursor.bytes(8), isLittle: isLittle)
      let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow else { throw .truncated("storage '\(name)'", at: start) }
      storages[name] = try cursor.bytes(bytes)
    }
    self.storages = storages
    fileBytes = data.count
    try checkStorages()
  }

  private static func count(_ bytes: Data, isLittle: Bool) throws(WeightProblem) -> Int {
    var cursor = ByteCursor(Data(isLittle ? Array(bytes) : bytes.reversed()))
    return try cursor.length(8)
  }

  /// Every storage that a tensor names is there and as long as the pickle says.
  private func checkStorages() throws(WeightProblem) {
    for record in heap.storages {
      guard let needed = record.byteCount, let found = storages[record.key]?.count,
        found >= needed
      else {
        throw .damaged(
          Localized(
            "the storage '\(record.key)' of \(record.count) elements is missing or too short.",
            korean: "원소 \(record.count)개의 저장소 '\(record.key)'이(가) 없거나 너무 짧습니다."))
      }
    }
  }

  /// Dense copies of tensors; equal records share theirs.
  func dense(
    _ named: [(name: String, tensor: Int)]
  ) throws(WeightProblem) -> [(name: String, value: HostTensor)] {
    var made: [TensorRecord: HostTensor] = [:]
    var total = 0
    let (limit, _) = fileBytes.multipliedReportingOverflow(by: Self.largestGrowth)
    return try named.map { entry throws(WeightProblem) in
      let record = heap.tensors[entry.tensor]
      if let tensor = made[record] { return (entry.name, tensor) }
      guard record.denseBytes <= limit + Self.room - total else {
        throw .damaged(
          Localized(
            "its tensors would take more than \(limit + Self.room) bytes.",
            korean: "텐서가 \(limit + Self.room)바이트를 넘습니다."))
      }
      total += record.denseBytes
      let storage = storages[heap.storages[record.storage].key] ?? Data()
      let tensor = record.dense(from: storage, swapping: isSwapped)
      made[record] = tensor
      return (entry.name, tensor)
    }
  }
}
