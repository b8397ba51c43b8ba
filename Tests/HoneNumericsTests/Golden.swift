import Foundation
import Testing

/// The reference figures that `Tools/golden/numerics.py` writes.
struct Golden: Decodable {
  struct Philox: Decodable { let counter, key, output: [UInt32] }
  struct Stream: Decodable {
    let seed: UInt64
    let purpose: String
    let indices: [Int]
    let words: [UInt64]
  }
  struct Quantile: Decodable { let fraction, value: Double }
  struct Descriptive: Decodable {
    let values: [Double]
    let mean: Double
    let variance: Double?
    let median: Double
    let quantiles: [Quantile]
    let medianAbsoluteDeviation: Double
  }
  struct Point: Decodable {
    let x, p, df, cumulative, upperTail, quantile: Double?
  }
  struct Binomial: Decodable {
    let trials, successes: Int
    let p, cumulative: Double
  }
  struct LogGamma: Decodable { let x, value: Double }
  struct Distributions: Decodable {
    let normal, student, chiSquare: [Point]
    let binomial: [Binomial]
    let logGamma: [LogGamma]
  }
  struct Line: Decodable { let slope, intercept, slopeError, pValue: Double }
  struct Trend: Decodable {
    let x, y: [Double]
    let level, slope, intercept, lower, upper: Double
    let line: Line?
  }
  struct Proportion: Decodable {
    let successes, trials: Int
    let level, lower, upper: Double
  }
  struct McNemar: Decodable {
    let onlyFirst, onlySecond: Int
    let pValue: Double
  }
  struct Holm: Decodable { let values, adjusted: [Double] }
  struct Comparisons: Decodable {
    let mcNemar: [McNemar]
    let holm: [Holm]
  }
  struct Gain: Decodable {
    let baseline, changed: [[Double]]
    let mean, standardError: Double
    let percentiles: [Double]
  }
  struct Digest: Decodable {
    let bytes: [UInt8]
    let hex: String
  }
  struct Halves: Decodable {
    let bits, float16Values: [UInt32]
    let float16, bfloat16: [UInt16]
  }

  let philox: [Philox]
  let streams: [Stream]
  let descriptive: [Descriptive]
  let distributions: Distributions
  let trends: [Trend]
  let proportions: [Proportion]
  let comparisons: Comparisons
  let gains: [Gain]
  let digests: [Digest]
  let halves: Halves

  static func load() throws -> Golden {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/numerics.json")
    return try JSONDecoder().decode(Golden.self, from: Data(contentsOf: file))
  }
}

/// Whether two numbers agree to a relative tolerance; also both infinite alike.
func agree(_ first: Double, _ second: Double, within tolerance: Double) -> Bool {
  first == second
    || abs(first - second) <= tolerance * max(abs(first), abs(second), .leastNormalMagnitude)
}
