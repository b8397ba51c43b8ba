import HoneNumerics

/// A Sobol sequence in Gray-code order (Antonov and Saleev 1979), plain or scrambled by a random
/// lower-triangular matrix and a digital shift (Matousek 1998), which keep its evenness.
struct SobolSequence: Sendable {
  static let maximumDimension = SobolDirections.table.count
  private static let bits = 32

  /// The direction numbers of each dimension.
  private let directions: [[UInt32]]
  private let shifts: [UInt32]

  /// A sequence.
  /// - Parameters:
  ///   - dimension: at most `maximumDimension`.
  ///   - scramble: the seed of its scrambling; nil for the plain sequence.
  init(dimension: Int, scramble: UInt64?) {
    guard dimension <= SobolSequence.maximumDimension else {
      fatalError(
        "SobolSequence has \(SobolSequence.maximumDimension) dimensions, got \(dimension).")
    }
    var directions: [[UInt32]] = []
    var shifts: [UInt32] = []
    for index in 0..<dimension {
      var numbers = SobolSequence.directions(index)
      var shift: UInt32 = 0
      if let scramble {
        var stream = RandomStream(seed: scramble, "sobol", index)
        numbers = SobolSequence.scrambled(numbers, &stream)
        shift = UInt32(truncatingIfNeeded: stream.next())
      }
      directions.append(numbers)
      shifts.append(shift)
    }
    self.directions = directions
    self.shifts = shifts
  }

  /// The numbers of one point, each in 0..<1.
  func point(_ index: Int) -> [Double] {
    let gray = UInt32(truncatingIfNeeded: index ^ (index >> 1))
    return directions.indices.map { dimension in
      var value = shifts[dimension]
      var rest = gray
      while rest != 0 {
        value ^= directions[dimension][rest.trailingZeroBitCount]
        rest &= rest &- 1
      }
      return Double(value) * 0x1p-32
    }
  }

  private static func directions(_ dimension: Int) -> [UInt32] {
    let (polynomial, start) = SobolDirections.table[dimension]
    let degree = Int.bitWidth - 1 - polynomial.leadingZeroBitCount
    var numbers = [UInt32](repeating: 1, count: bits)
    // The first dimension is van der Corput's: all ones.
    if degree > 0 {
      for index in 0..<bits {
        guard index >= degree else {
          numbers[index] = start[index]
          continue
        }
        var value = numbers[index - degree] ^ (numbers[index - degree] << UInt32(degree))
        for k in 1..<max(degree, 1) where polynomial >> (degree - k) & 1 == 1 {
          value ^= numbers[index - k] << UInt32(k)
        }
        numbers[index] = value
      }
    }
    return numbers.enumerated().map { $1 << UInt32(bits - 1 - $0) }
  }

  /// Each digit xor a random selection of the more significant ones.
  private static func scrambled(_ numbers: [UInt32], _ stream: inout RandomStream) -> [UInt32] {
    let masks: [UInt32] = (0..<bits).map { digit in
      let own = UInt32(1) << UInt32(bits - 1 - digit)
      let above = digit == 0 ? 0 : ~UInt32(0) << UInt32(bits - digit)
      return UInt32(truncatingIfNeeded: stream.next()) & above | own
    }
    return numbers.map { number in
      var result: UInt32 = 0
      for digit in 0..<bits where (number & masks[digit]).nonzeroBitCount & 1 == 1 {
        result |= UInt32(1) << UInt32(bits - 1 - digit)
      }
      return result
    }
  }
}
