import Foundation
import HoneData

/// What the fuzzer calls with each input.
///
/// The first byte chooses the kind of file, the rest is its content. Whatever the content, the reader returns or throws; the sanitizers see to the rest.
@_cdecl("LLVMFuzzerTestOneInput")
public func readersTestOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 1, count < 1 << 16 else { return -1 }
  let content = Data(bytes: start + 1, count: count - 1)
  Readers.shared.read(content, as: Int(start[0]))
  return 0
}

/// A folder that inputs are written to, as the readers take files.
struct Readers {
  static let shared = Readers()

  private let folder: URL

  private init() {
    let memory = URL(fileURLWithPath: "/dev/shm", isDirectory: true)
    let isThere = FileManager.default.isWritableFile(atPath: memory.path)
    let parent = isThere ? memory : FileManager.default.temporaryDirectory
    folder = parent.appendingPathComponent("hone-fuzz-\(ProcessInfo.processInfo.processIdentifier)")
    for kind in ["idx"] {
      try? FileManager.default.createDirectory(
        at: folder.appendingPathComponent(kind), withIntermediateDirectories: true)
    }
  }

  func read(_ content: Data, as kind: Int) {
    let table = DataOptions(target: "b")
    switch kind % 8 {
    case 0: open(content, "table.csv", table)
    case 1: open(content, "table.jsonl", table)
    case 2: open(content, "x.npy", DataOptions())
    case 3: open(content, "arrays.npz", DataOptions())
    case 4: open(content, "arrays.safetensors", DataOptions())
    case 5: open(content, "table.csv.gz", table)
    case 6: readIDX(content)
    default: readVectors(content)
    }
  }

  private func open(_ content: Data, _ name: String, _ options: DataOptions) {
    let url = folder.appendingPathComponent(name)
    try? content.write(to: url)
    _ = try? DataSource.open(url.path, options: options)
  }

  /// An image file beside the one label file that could fit it.
  private func readIDX(_ content: Data) {
    let place = folder.appendingPathComponent("idx")
    let labels = Data([0, 0, 8, 1, 0, 0, 0, 2, 0, 1])
    try? content.write(to: place.appendingPathComponent("train-images-idx3-ubyte"))
    try? labels.write(to: place.appendingPathComponent("train-labels-idx1-ubyte"))
    _ = try? DataSource.open(place.path)
  }

  private func readVectors(_ content: Data) {
    let url = folder.appendingPathComponent("vectors.txt")
    try? content.write(to: url)
    _ = try? WordVectors(contentsOf: url.path)
  }
}
