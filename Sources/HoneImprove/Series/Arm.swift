import HoneNumerics

/// One configuration trained with paired seeds and judged on the samples held back from it.
struct Arm: Sendable {
  /// For each seed the score of each judging sample, larger better.
  var scores: [[Double]] = []
  /// For each seed the judging samples.
  var samples: [[Int]] = []
  /// For each seed the metric, averaged over its models.
  var metrics: [Double] = []
  /// Wall-clock seconds of all models.
  var seconds = 0.0

  /// Seeds that were judged whole.
  var seeds: Int { scores.count }

  /// Adds a seed's models.
  mutating func add(_ results: [ArmResult]) {
    scores.append(results.flatMap(\.scores))
    samples.append(results.flatMap(\.samples))
    metrics.append(results.map(\.metric).mean())
    seconds += results.map(\.seconds).sum()
  }

  /// The arm of the first seeds.
  func prefix(_ count: Int) -> Arm {
    var arm = self
    arm.scores = Array(scores.prefix(count))
    arm.samples = Array(samples.prefix(count))
    arm.metrics = Array(metrics.prefix(count))
    return arm
  }
}
