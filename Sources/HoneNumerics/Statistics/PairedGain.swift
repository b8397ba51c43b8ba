/// How much a change gained over the unchanged baseline, as `pairedGain` estimates it.
public struct GainEstimate: Sendable, Equatable {
  /// The mean difference, changed minus baseline, each seed weighing the same.
  public let mean: Double
  /// The interval's lower end.
  public let lower: Double
  /// The interval's upper end.
  public let upper: Double
  /// The confidence level of the interval.
  public let level: Double
  /// The standard deviation of the resampled means.
  public let standardError: Double
  /// Satterthwaite's degrees of freedom of that error; infinite where nothing varies.
  public let degreesOfFreedom: Double

  /// The two-sided p-value of the hypothesis that the change gains nothing.
  public var pValue: Double {
    if mean.isNaN || standardError.isNaN { return .nan }
    if standardError == 0 { return mean == 0 ? 1 : 0 }
    let student = StudentDistribution(degreesOfFreedom: degreesOfFreedom)
    return 2 * student.cumulative(-abs(mean) / (standardError * smallSampleFactor))
  }

  /// What the plug-in standard error lacks at so few degrees of freedom.
  private var smallSampleFactor: Double {
    degreesOfFreedom.isFinite ? ((degreesOfFreedom + 1) / degreesOfFreedom).squareRoot() : 1
  }
}

/// The gain of a change over its baseline in paired runs, with an interval that covers both what
/// other seeds and what other samples would have given.
///
/// Seeds and samples are resampled, each as a whole: where runs share samples, a resample draws them
/// once for all runs (Owen 2007, "The pigeonhole bootstrap"); otherwise each run's own. The
/// percentile interval of so few seeds is too narrow, and BCa does not widen it; so both its arms are
/// stretched from normal to Student's t with Satterthwaite's degrees of freedom over the two sources
/// of variance, and by the bias of the plug-in variance (Hesterberg 2015, section 3.2, "expanded
/// percentile interval"). In simulations of 3, 5 and 8 seeds this covers the truth at 0.91 or more of
/// the times for a level of 0.95, whichever source dominates; the plain percentile interval falls to
/// 0.72, and resampling shared samples apart for each seed to 0.78.
///
/// - Parameters:
///   - baseline: per seed the score of each sample under the baseline, larger better: 0 or 1 for
///     wrong or right, the negative loss, ….
///   - changed: the same seeds and samples under the change.
///   - samples: which sample each score belongs to, in the same form. Where nil, runs of equal length
///     are taken to cover the same samples in the same order, others to share none.
///   - level: the confidence level.
///   - resamples: how often to draw.
///   - stream: where randomness comes from.
/// - Precondition: at least one seed, and at least one sample in each; the same form everywhere.
public func pairedGain(
  baseline: [[Double]], changed: [[Double]], samples: [[Int]]? = nil, level: Double = 0.95,
  resamples: Int = 4000, using stream: inout RandomStream
) -> GainEstimate {
  let form = baseline.map(\.count)
  guard form == changed.map(\.count), samples.map({ $0.map(\.count) == form }) ?? true,
    !form.isEmpty, !form.contains(0)
  else {
    fatalError(
      "pairedGain got seeds with \(form) baseline and \(changed.map(\.count)) changed samples; "
        + "it needs the same samples of the same seeds, and some of each.")
  }
  let differences = zip(baseline, changed).map { zip($0, $1).map { $1 - $0 } }
  let design = PairedDesign(differences: differences, samples: samples)
  return design.estimate(level: level, resamples: resamples, using: &stream)
}

/// Paired differences by seed, with their samples numbered 0, 1, 2, … across seeds.
private struct PairedDesign {
  let differences: [[Double]]
  let samples: [[Int]]
  let sampleCount: Int
  let rowMeans: [Double]

  init(differences: [[Double]], samples given: [[Int]]?) {
    self.differences = differences
    rowMeans = differences.map { $0.mean() }
    var numbers: [Int: Int] = [:]
    if let given {
      samples = given.map { row in
        row.map { identity in
          if let known = numbers[identity] { return known }
          numbers[identity] = numbers.count
          return numbers.count - 1
        }
      }
      sampleCount = numbers.count
    } else if differences.allSatisfy({ $0.count == differences[0].count }) {
      samples = differences.map { Array($0.indices) }
      sampleCount = differences[0].count
    } else {
      var next = 0
      samples = differences.map { row in
        defer { next += row.count }
        return Array(next..<(next + row.count))
      }
      sampleCount = next
    }
  }

  func estimate(level: Double, resamples: Int, using stream: inout RandomStream) -> GainEstimate {
    let mean = rowMeans.mean()
    let means = resampledMeans(resamples, using: &stream)
    let ends = means.quantiles([(1 - level) / 2, (1 + level) / 2])
    let degrees = degreesOfFreedom()
    var stretch = 1.0
    if degrees.isFinite {
      let tail = (1 - level) / 2
      let student = StudentDistribution(degreesOfFreedom: degrees).quantile(tail)
      let bias = ((degrees + 1) / degrees).squareRoot()
      stretch = bias * student / NormalDistribution.quantile(tail)
    }
    return GainEstimate(
      mean: mean, lower: mean - (mean - ends[0]) * stretch,
      upper: mean + (ends[1] - mean) * stretch, level: level,
      standardError: means.standardDeviation(), degreesOfFreedom: degrees)
  }

  private func resampledMeans(_ resamples: Int, using stream: inout RandomStream) -> [Double] {
    let seedCount = differences.count
    var seeds = [Int](repeating: 0, count: seedCount)
    var drawn = [Int](repeating: 0, count: sampleCount)
    var weights = [Double](repeating: 0, count: sampleCount)
    return (0..<resamples).map { _ in
      while true {
        stream.fill(&drawn, below: sampleCount)
        for index in weights.indices { weights[index] = 0 }
        for index in drawn { weights[index] += 1 }
        stream.fill(&seeds, below: seedCount)
        var times = [Double](repeating: 0, count: seedCount)
        for seed in seeds { times[seed] += 1 }
        var sum = 0.0
        var count = 0.0
        for seed in 0..<seedCount where times[seed] > 0 {
          let mean = weightedMean(differences[seed], samples[seed], weights)
          guard let mean else { continue }
          sum += times[seed] * mean
          count += times[seed]
        }
        // Of runs without common samples it can happen that none has any of those drawn.
        if count > 0 { return sum / count }
      }
    }
  }

  /// The mean of a run's differences, each as often as its sample was drawn; nil where none was.
  ///
  /// By far the most time goes here, hence the bare pointers; `samples` holds indices of `weights` by
  /// construction.
  private func weightedMean(_ row: [Double], _ samples: [Int], _ weights: [Double]) -> Double? {
    var sum = 0.0
    var total = 0.0
    row.withUnsafeBufferPointer { row in
      samples.withUnsafeBufferPointer { samples in
        weights.withUnsafeBufferPointer { weights in
          for index in row.indices {
            let weight = weights[samples[index]]
            // Not the product where nothing was drawn: an infinite difference would spoil it.
            sum += weight == 0 ? 0 : weight * row[index]
            total += weight
          }
        }
      }
    }
    return total > 0 ? sum / total : nil
  }

  /// Satterthwaite's (1946) degrees of freedom of a variance that is the sum of one over seeds and
  /// one over samples.
  private func degreesOfFreedom() -> Double {
    let seedCount = Double(differences.count)
    let seedVariance = differences.count > 1 ? rowMeans.variance() / seedCount : 0
    var influence = [Double](repeating: 0, count: sampleCount)
    for (seed, row) in differences.enumerated() {
      for (index, value) in row.enumerated() {
        influence[samples[seed][index]] +=
          (value - rowMeans[seed]) / (seedCount * Double(row.count))
      }
    }
    let count = Double(sampleCount)
    let sampleVariance =
      sampleCount > 1 ? influence.map { $0 * $0 }.sum() * count / (count - 1) : 0
    let bySeeds = differences.count > 1 ? seedVariance * seedVariance / (seedCount - 1) : 0
    let bySamples = sampleCount > 1 ? sampleVariance * sampleVariance / (count - 1) : 0
    let total = seedVariance + sampleVariance
    return total > 0 ? total * total / (bySeeds + bySamples) : .infinity
  }
}
