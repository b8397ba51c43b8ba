import Foundation

extension RandomStream {
  /// A number uniform in 0..<1, with 53 random bits.
  public mutating func uniform() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// A number uniform between two bounds.
  public mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A standard normal number, by Box and Muller's transform (1958).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * Double.pi * uniform())
  }

  /// A whole number uniform in `0..<bound`, without modulo bias (Lemire 2019).
  /// - Precondition: `bound` is positive.
  public mutating func index(below bound: Int) -> Int {
    Int(next(upperBound: UInt64(bound)))
  }

  /// The numbers `0..<count` in random order (Fisher and Yates).
  public mutating func permutation(_ count: Int) -> [Int] {
    var order = Array(0..<count)
    var draws = PairedDraws(self)
    order.withUnsafeMutableBufferPointer { order in
      for i in stride(from: count - 1, to: 0, by: -1) {
        order.swapAt(i, Int(draws.next(upperBound: UInt64(i + 1))))
      }
    }
    self = draws.stream
    return order
  }
}
