import Foundation
import Hone

/// Batches of a loader, on the thread that asks for them.
struct Loading {
  private let loader: DataLoader
  private var epoch = 0
  private var batches: BatchIterator?

  init(_ workload: Workload, seed: UInt64) throws {
    let data = try Self.data(workload)
    var options = LoaderOptions(
      batchSize: workload.batch ?? 128, order: .shuffled, threads: 0, seed: seed,
      augmentation: Self.steps(workload.chain))
    options.prefetch = 1
    let indices = Array(0..<data.count)
    loader = try DataLoader(
      data, indices: indices,
      preprocessor: try .fit(data, indices: indices, normalization: .imageNet), options: options)
  }

  /// Photos, packed photos, or small pictures in memory.
  private static func data(_ workload: Workload) throws -> Dataset {
    var options = DataOptions(imageSize: workload.side ?? 224)
    options.cacheBytes = 0
    switch workload.pictures {
    case .set(.files): return try DataSource.open(files("photos"), options: options)
    case .set(.decoded):
      options.cache = CacheOptions(kind: .raw)
      return try DataSource.open(files("photos"), options: options)
    default:
      var stream = RandomStream(seed: 0, "pictures")
      let pictures = (0..<4096).map { _ in (0..<3072).map { _ in UInt8(stream.index(below: 256)) } }
      return try Dataset(
        images: pictures, channels: 3, height: 32, width: 32,
        labels: pictures.indices.map { $0 % 2 == 0 ? "a" : "b" })
    }
  }

  static func files(_ name: String) -> String {
    let folder = ProcessInfo.processInfo.environment["HONE_BENCH_FILES"] ?? "."
    return folder + "/" + name
  }

  static func steps(_ chain: Workload.Chain?) -> [Augmentation] {
    let flip = Augmentation.horizontalFlip(probability: 0.5)
    return switch chain {
    case .crop: [.randomCrop(padding: 4), flip]
    case .resizedCrop: [.randomResizedCrop(), flip]
    case .full:
      [
        .randomResizedCrop(), flip, .randomRotation(degrees: 15),
        .colorJitter(brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1), .randomErasing(),
      ]
    case nil, .some(.none): []
    }
  }

  /// Takes batches until there were so many samples.
  /// - Returns: how many there were.
  mutating func load(_ count: Int) throws -> Int {
    var done = 0
    while done < count {
      if let batch = try batches?.next() {
        done += batch.count
      } else {
        epoch += 1
        batches = loader.epoch(epoch)
      }
    }
    return done
  }

  /// Opens a large set and delivers its first batch.
  static func open(_ workload: Workload) throws {
    let options = DataOptions(imageSize: workload.side ?? 32)
    let data = try DataSource.open(files("small"), options: options)
    let indices = Array(0..<data.count)
    let loader = try DataLoader(
      data, indices: indices,
      preprocessor: try .fit(data, indices: indices, normalization: .imageNet),
      options: LoaderOptions(batchSize: workload.batch ?? 128, order: .shuffled))
    let batches = loader.epoch(1)
    guard try batches.next()?.count == workload.batch else {
      fatalError("The first batch of \(data.source) is not whole.")
    }
    batches.close()
  }
}
