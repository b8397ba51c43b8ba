/// A counter-based stream of random numbers: the same seed and path give the same numbers, whatever
/// thread asks, in whatever order the streams are used.
///
/// A path names what the numbers are for (`"order"`, epoch; `"augment"`, epoch, sample), so that no
/// consumer can shift another's numbers. Streams are values: a copy repeats the original.
public struct RandomStream: RandomNumberGenerator, Sendable, Hashable, Codable {
  private var key: UInt64
  private var position: UInt64 = 0

  /// The stream of a seed for one purpose.
  /// - Parameters:
  ///   - seed: the run's seed.
  ///   - purpose: what the numbers are for.
  ///   - indices: which one of its kind: epoch, sample, fold.
  public init(seed: UInt64, _ purpose: String, _ indices: Int...) {
    key = RandomStream.mix(seed ^ 0x486F_6E65_5365_6564)
    for byte in purpose.utf8 { key = RandomStream.mix(key ^ UInt64(byte)) }
    for index in indices {
      key = RandomStream.mix(key &+ 0x9E37_79B9_7F4A_7C15 ^ UInt64(bitPattern: Int64(index)))
    }
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    let (first, second) = pair(position >> 1)
    defer { position &+= 1 }
    return position & 1 == 0 ? first : second
  }

  /// Fills an array with whole numbers uniform in `0..<bound`, for resampling: four numbers of 32
  /// bits to a block, which favors some of them by at most one part in 2^32 / `bound`.
  package mutating func fill(_ indices: inout [Int], below bound: Int) {
    guard (1...Int(UInt32.max)).contains(bound) else {
      fatalError("RandomStream.fill got the bound \(bound), which must lie in 1..<2^32.")
    }
    var index = (position + 1) >> 1
    indices.withUnsafeMutableBufferPointer { buffer in
      var filled = 0
      while filled < buffer.count {
        let block = block(index)
        index &+= 1
        for lane in 0..<min(4, buffer.count - filled) {
          buffer[filled + lane] = Int((UInt64(block[lane]) &* UInt64(bound)) >> 32)
        }
        filled += 4
      }
    }
    position = index << 1
  }

  /// The two numbers of 64 bits that a block gives.
  private func pair(_ index: UInt64) -> (UInt64, UInt64) {
    let block = block(index)
    return (
      UInt64(block[0]) | UInt64(block[1]) << 32, UInt64(block[2]) | UInt64(block[3]) << 32
    )
  }

  private func block(_ index: UInt64) -> SIMD4<UInt32> {
    Philox.block(
      counter: SIMD4(
        UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), 0, 0),
      key: SIMD2(UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32)))
  }

  /// The numbers of a stream one after another, for loops: what a block gives is computed once.
  struct PairedDraws: RandomNumberGenerator {
    /// The stream as it goes on behind the draws.
    private(set) var stream: RandomStream
    private var second: UInt64?

    init(_ stream: RandomStream) { self.stream = stream }

    mutating func next() -> UInt64 {
      if let second {
        self.second = nil
        stream.position &+= 1
        return second
      }
      guard stream.position & 1 == 0 else { return stream.next() }
      let (first, second) = stream.pair(stream.position >> 1)
      stream.position &+= 1
      self.second = second
      return first
    }
  }

  /// A seed for another generator (libtorch's, a worker's), drawn from this stream.
  public mutating func nextSeed() -> UInt64 { next() }

  /// SplitMix64's finaliser (Steele, Lea and Flood 2014): a bijection that spreads each bit.
  private static func mix(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
