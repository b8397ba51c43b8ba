import Hone

/// Random pictures in memory, augmented and normalised one after the other into the places of a batch.
struct Augmenting {
  private var renderer: ImageRenderer
  private let pictures: [UInt8]
  private let source: ImageSize
  private let count: Int
  private let isPlanar: Bool
  private var batch: [UInt8]
  private let places = 128

  init(_ workload: Workload, seed: UInt64) {
    guard let side = workload.side, let source = workload.source, let chain = workload.chain,
      case .count(let count)? = workload.pictures
    else { fatalError("Workload \(workload.name) lacks a part that augmentation needs.") }
    self.source = ImageSize(height: source[0], width: source[1])
    self.count = count
    // As CIFAR-10 files and JPEG decoders give them.
    isPlanar = chain == .crop
    let steps = Loading.steps(chain)
    renderer = ImageRenderer(
      steps: steps, size: ImageSize(height: side, width: side), mean: [0.485, 0.456, 0.406],
      deviation: [0.229, 0.224, 0.225], seed: seed)
    var stream = RandomStream(seed: seed, "pictures")
    var pictures: [UInt8] = []
    while pictures.count < count * source[0] * source[1] * 3 {
      let bits = stream.next()
      for shift in 0..<8 { pictures.append(UInt8(truncatingIfNeeded: bits >> (8 * UInt64(shift)))) }
    }
    self.pictures = pictures
    batch = [UInt8](repeating: 0, count: places * renderer.resultBytes)
  }

  mutating func step(_ index: Int) {
    let size = source.height * source.width * 3
    let picture = index % count
    let place = index % places * renderer.resultBytes
    let bytes = renderer.resultBytes
    pictures.withUnsafeBufferPointer { pictures in
      batch.withUnsafeMutableBytes { batch in
        _ = renderer.render(
          UnsafeBufferPointer(rebasing: pictures[(picture * size)..<((picture + 1) * size)]),
          size: source, isPlanar: isPlanar, epoch: 1 + index / count, sample: picture,
          into: UnsafeMutableRawBufferPointer(rebasing: batch[place..<(place + bytes)]))
      }
    }
  }
}
