import HoneNumerics

/// The running sums of one epoch.
///
/// Part of a checkpoint, so that an epoch can be continued.
struct EpochMeter: Codable, Sendable, Equatable {
  var samples = 0
  var loss = 0.0
  var score = 0.0
  var scored = 0
  var gradientNorms: [Double] = []
  var updateRatios: [Double] = []
  var seconds = 0.0
  var waitSeconds = 0.0

  mutating func add(loss batchLoss: Double, samples count: Int) {
    loss += batchLoss * Double(count)
    samples += count
  }

  mutating func add(score batchScore: Double, samples count: Int) {
    score += batchScore
    scored += count
  }

  var meanLoss: Double { samples > 0 ? loss / Double(samples) : .nan }
  var meanScore: Double? { scored > 0 ? score / Double(scored) : nil }
  var gradientNorm: Double? { gradientNorms.isEmpty ? nil : gradientNorms.median() }
  var updateRatio: Double? { updateRatios.isEmpty ? nil : updateRatios.median() }
}
