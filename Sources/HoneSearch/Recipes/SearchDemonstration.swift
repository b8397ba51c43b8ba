import Foundation
public import HoneNumerics

/// Two ways to spend the same trials, compared on a stored table of 320 real training runs of digits:
/// 40 learning rates by 8 strengths of weight decay.
public struct SearchDemonstration: Sendable, Equatable {
  /// The mean over all repetitions of the lowest validation error that the first way found.
  public let first: Double
  /// The same of the second way.
  public let second: Double
  /// By how much the second way's error is lower on average, with its 95 % interval.
  public let gain: BootstrapEstimate
  /// How often the second way found a lower error than the first, ties counting half.
  public let wins: Double

  private static let rates = -4.0...1.0
  private static let decays = -6.0...(-1.0)

  /// The error of the run nearest to a learning rate and a weight decay, in powers of ten.
  static func error(rate: Double, decay: Double) -> Double {
    func place(_ value: Double, _ range: ClosedRange<Double>, _ count: Int) -> Int {
      let fraction = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      return min(max(Int((fraction * Double(count - 1)).rounded()), 0), count - 1)
    }
    return DigitRuns.errors[place(rate, rates, DigitRuns.errors.count)][
      place(decay, decays, DigitRuns.errors[0].count)]
  }

  /// A grid of `side` by `side` points against as many random ones, both log-uniform: a grid tries
  /// only `side` learning rates, and weight decay hardly matters (Bergstra and Bengio, JMLR 2012).
  ///
  /// The grid's origin is drawn at random within a cell, so that neither way is lucky for good. With
  /// three points a side the grid is no worse on this table: its few rates are spread more evenly.
  /// - Parameter repetitions: how often both are repeated.
  public static func gridAgainstRandom(
    side: Int = 5, repetitions: Int = 2000, seed: UInt64 = 0
  ) -> SearchDemonstration {
    compare(repetitions, seed, "grid against random") { stream in
      let width = 1 / Double(side)
      let (x, y) = (stream.uniform() * width, stream.uniform() * width)
      return (0..<(side * side)).map { index in
        (x + Double(index / side) * width, y + Double(index % side) * width)
      }
    } second: { stream in
      (0..<(side * side)).map { _ in (stream.uniform(), stream.uniform()) }
    }
  }

  /// Learning rates drawn evenly between 0.0001 and 10 against rates drawn evenly in their
  /// logarithm: the first spends nine tenths of its trials between 1 and 10.
  /// - Parameters:
  ///   - trials: how many rates each way draws.
  ///   - repetitions: how often both are repeated.
  public static func uniformAgainstLogUniform(
    trials: Int = 10, repetitions: Int = 2000, seed: UInt64 = 0
  ) -> SearchDemonstration {
    compare(repetitions, seed, "uniform against log-uniform") { stream in
      (0..<trials).map { _ in
        let rate = stream.uniform(pow(10, rates.lowerBound)...pow(10, rates.upperBound))
        let fraction = (log10(rate) - rates.lowerBound) / (rates.upperBound - rates.lowerBound)
        return (fraction, stream.uniform())
      }
    } second: { stream in
      (0..<trials).map { _ in (stream.uniform(), stream.uniform()) }
    }
  }

  private static func compare(
    _ repetitions: Int, _ seed: UInt64, _ name: String,
    first: (inout RandomStream) -> [(Double, Double)],
    second: (inout RandomStream) -> [(Double, Double)]
  ) -> SearchDemonstration {
    func lowest(_ points: [(Double, Double)]) -> Double {
      points.map { x, y in
        error(
          rate: rates.lowerBound + x * (rates.upperBound - rates.lowerBound),
          decay: decays.lowerBound + y * (decays.upperBound - decays.lowerBound))
      }.min() ?? 1
    }
    var stream = RandomStream(seed: seed, name)
    var pairs: [(Double, Double)] = []
    for _ in 0..<repetitions {
      let one = lowest(first(&stream))
      pairs.append((one, lowest(second(&stream))))
    }
    let gain = Bootstrap.mean(of: pairs.map { $0.0 - $0.1 }, resamples: 500, using: &stream)
    let wins = pairs.reduce(0.0) { $0 + ($1.1 < $1.0 ? 1 : $1.1 == $1.0 ? 0.5 : 0) }
    return SearchDemonstration(
      first: pairs.map(\.0).mean(), second: pairs.map(\.1).mean(), gain: gain,
      wins: wins / Double(repetitions))
  }
}
