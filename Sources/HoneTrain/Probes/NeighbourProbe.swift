import HoneData
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor

/// What the nearest neighbours reach on the validation split.
///
/// A model that does worse has not used what the data hold; one that does as well may have reached
/// what there is. Cover and Hart 1967: with enough samples the nearest neighbour errs at most
/// twice as often as anything can.
struct NeighbourProbe {
  let plan: TrainingPlan
  /// Training samples searched, and validation samples asked, at most.
  static let searched = 2000
  static let asked = 500

  /// The record; nil for texts, without validation, and where training data are changed at random.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  func run() throws -> NeighbourRecord? {
    if let known = plan.knownNeighbours { return known }
    guard let validation = plan.validation, plan.training.preprocessor.input != .text else {
      return nil
    }
    let train = try plan.training.inOrder().batch(
      of: spaced(plan.training.indices, Self.searched))
    let test = try validation.inOrder().batch(of: spaced(validation.indices, Self.asked))
    // Samples that could not be read are left out, or others stand in for them.
    let (known, questions) = (train.indices, test.indices)
    guard known.count >= 20, questions.count >= 20 else { return nil }
    let count = max(1, min(15, Int(Double(known.count).squareRoot() / 2)))
    let nearest = try catchingTorchErrors {
      withoutGradients { neighbours(of: test, among: train, count: count) }
    }
    guard let nearest else { return nil }
    let right =
      plan.training.dataset.task == .regression
      ? explained(nearest, count, known, questions)
      : matches(nearest, count, known, questions, validation.dataset)
    guard let right else { return nil }
    return NeighbourRecord(
      neighbours: count, samples: known.count, score: right.mean(), error: right.standardError())
  }

  private func neighbours(
    of test: HostBatch, among train: HostBatch, count: Int
  ) -> [Int]? {
    guard train.inputs.dtype == .float32, train.count > count else { return nil }
    var known = Tensor(train.inputs).flattened(from: 1)
    var asked = Tensor(test.inputs).flattened(from: 1)
    let mean = known.mean(along: [0], keepingDimensions: true)
    let spread = known.standardDeviation(along: [0], keepingDimensions: true)
    let floor = Scalar(1e-3 * max(spread.mean().item(), 1e-30))
    let scale = (spread + floor).reciprocal()
    known = (known - mean) * scale
    asked = (asked - mean) * scale
    guard known.isFinite, asked.isFinite else { return nil }
    return ATen.topk(ATen.cdist(asked, x2: known), k: count, largest: false).1
      .values(as: Int64.self).map(Int.init)
  }

  /// 1 for each question that the majority answers rightly.
  private func matches(
    _ nearest: [Int], _ count: Int, _ known: [Int], _ questions: [Int], _ asked: Dataset
  ) -> [Double]? {
    let labels = plan.training.dataset.labels
    return questions.indices.map { row in
      var votes: [Int32: Int] = [:]
      for place in nearest[(row * count)..<((row + 1) * count)] {
        votes[labels[known[place]], default: 0] += 1
      }
      let best = votes.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
      return best == asked.labels[questions[row]] ? 1 : 0
    }
  }

  /// One minus each question's squared error over the variance of the targets.
  private func explained(
    _ nearest: [Int], _ count: Int, _ known: [Int], _ questions: [Int]
  ) -> [Double]? {
    let targets = plan.training.dataset.targets
    let asked = plan.validation?.dataset.targets ?? targets
    let values = known.map { Double(targets[$0]) }
    let deviation = values.standardDeviation()
    guard deviation > 0, deviation.isFinite else { return nil }
    return questions.indices.map { row in
      let near = nearest[(row * count)..<((row + 1) * count)].map { values[$0] }
      let error = (near.mean() - Double(asked[questions[row]])) / deviation
      return 1 - error * error
    }
  }
}

/// At most so many of some samples, spread evenly over them.
func spaced(_ indices: [Int], _ limit: Int) -> [Int] {
  guard indices.count > limit else { return indices }
  return (0..<limit).map { indices[$0 * indices.count / limit] }
}
