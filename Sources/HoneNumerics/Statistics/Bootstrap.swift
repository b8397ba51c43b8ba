/// A figure with its bootstrap interval.
public struct BootstrapEstimate: Sendable, Equatable {
  /// The figure of the samples themselves.
  public let value: Double
  /// The interval's lower end.
  public let lower: Double
  /// The interval's upper end.
  public let upper: Double
}

/// Resampling of one set of samples (Efron 1979).
public enum Bootstrap {
  /// A figure of samples with its percentile interval.
  ///
  /// - Parameters:
  ///   - count: how many samples there are; at least one.
  ///   - level: the confidence level.
  ///   - resamples: how often to draw; the interval's ends are noisy below a thousand.
  ///   - stream: where randomness comes from.
  ///   - figure: the figure of the samples of given indices, which repeat in resamples. Values that
  ///     are not numbers are left out of the interval.
  public static func estimate(
    count: Int, level: Double = 0.95, resamples: Int = 2000, using stream: inout RandomStream,
    _ figure: (_ indices: [Int]) -> Double
  ) -> BootstrapEstimate {
    guard count > 0, resamples > 0 else {
      fatalError("Bootstrap needs samples and resamples, got \(count) and \(resamples).")
    }
    let value = figure(Array(0..<count))
    var indices = [Int](repeating: 0, count: count)
    var figures: [Double] = []
    figures.reserveCapacity(resamples)
    for _ in 0..<resamples {
      stream.fill(&indices, below: count)
      let resampled = figure(indices)
      if !resampled.isNaN { figures.append(resampled) }
    }
    let ends = figures.quantiles([(1 - level) / 2, (1 + level) / 2])
    return BootstrapEstimate(value: value, lower: ends[0], upper: ends[1])
  }

  /// The mean of per-sample scores with its percentile interval.
  /// - Precondition: there are scores.
  public static func mean(
    of scores: [Double], level: Double = 0.95, resamples: Int = 2000,
    using stream: inout RandomStream
  ) -> BootstrapEstimate {
    estimate(count: scores.count, level: level, resamples: resamples, using: &stream) { indices in
      var sum = 0.0
      for index in indices { sum += scores[index] }
      return sum / Double(indices.count)
    }
  }
}
