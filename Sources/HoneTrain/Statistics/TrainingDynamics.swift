import Foundation
import HoneData
import HoneNumerics
import HoneRecords

/// Sums over epochs of how single samples are answered; see ``TrainingDynamicsRecord``.
///
/// Costs a softmax for each sample and epoch beyond the evaluation that is made anyway.
struct TrainingDynamics: Equatable {
  /// What is known of each sample; means and sums of squared deviations are Welford's.
  private enum Row: Int, CaseIterable {
    case loss, lossSquares, confidence, confidenceSquares, margin, right, wasRight, forgettings
  }

  /// Epochs under which a map says nothing.
  static let fewestEpochs = 3
  /// Samples that a record names of each kind.
  static let named = 20
  /// Steps of confidence and of variability in a record's map.
  static let cells = 20

  /// The data set's index of each sample.
  private(set) var indices: [Int] = []
  private(set) var epochs = 0
  /// Row by row, a number for each sample.
  private var values: [Double] = []

  /// No epoch yet.
  init() {}

  /// Adds an epoch.
  ///
  /// One in which a loss was not finite, or an answer no number, is left out; one of other samples than
  /// before begins anew.
  mutating func add(_ result: EvaluationResult) {
    guard result.losses.count == result.count, result.losses.allSatisfy(\.isFinite),
      !result.outputs.contains(where: \.isNaN)
    else { return }
    if indices != result.indices {
      indices = result.indices
      epochs = 0
      values = Array(repeating: 0, count: Row.allCases.count * indices.count)
    }
    epochs += 1
    for sample in indices.indices {
      note(result.losses[sample], of: sample, mean: .loss, squares: .lossSquares)
      if !result.labels.isEmpty { answer(result, sample) }
    }
  }

  private mutating func answer(_ result: EvaluationResult, _ sample: Int) {
    let label = result.labels[sample]
    let logits = result.outputs[(sample * result.width)..<((sample + 1) * result.width)]
    guard (0..<result.width).contains(label) else { return }
    // The logarithm of a probability of zero has no end.
    func bounded(_ logit: Float) -> Double { Double(min(max(logit, -1000), 1000)) }
    let own = bounded(logits[logits.startIndex + label])
    var (total, best) = (0.0, -Double.infinity)
    for (place, logit) in logits.enumerated() where place != label {
      total += exp(bounded(logit) - own)
      best = max(best, bounded(logit))
    }
    note(1 / (1 + total), of: sample, mean: .confidence, squares: .confidenceSquares)
    self[.margin, sample] += (own - best - self[.margin, sample]) / Double(epochs)
    let isRight = own > best
    if self[.wasRight, sample] == 1, !isRight { self[.forgettings, sample] += 1 }
    self[.wasRight, sample] = isRight ? 1 : 0
    if isRight { self[.right, sample] += 1 }
  }

  private mutating func note(_ value: Double, of sample: Int, mean: Row, squares: Row) {
    let before = value - self[mean, sample]
    self[mean, sample] += before / Double(epochs)
    self[squares, sample] += before * (value - self[mean, sample])
  }

  private subscript(row: Row, sample: Int) -> Double {
    get { values[row.rawValue * indices.count + sample] }
    set { values[row.rawValue * indices.count + sample] = newValue }
  }

  /// The standard deviation that a row of squares gives.
  private func spread(_ row: Row, _ sample: Int) -> Double {
    (max(self[row, sample], 0) / Double(epochs)).squareRoot()
  }
}

// What is kept of it.
extension TrainingDynamics {
  /// The record of the epochs so far; nil where they are too few, or no sample was followed.
  func record(_ data: Dataset) -> TrainingDynamicsRecord? {
    guard epochs >= Self.fewestEpochs, !indices.isEmpty else { return nil }
    let isClassification = !data.labels.isEmpty
    func named(_ order: (Int) -> Double) -> [TrainingDynamicsRecord.Sample] {
      let keys = indices.indices.map(order)
      let places = indices.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
      return places.prefix(Self.named).map { sample(at: $0, of: data) }
    }
    var record = TrainingDynamicsRecord(
      epochs: epochs, samples: indices.count,
      hardest: named { isClassification ? self[.margin, $0] : -self[.loss, $0] },
      mostVariable: named { -spread(isClassification ? .confidenceSquares : .lossSquares, $0) })
    guard isClassification else { return record }
    record.map = map
    record.neverLearned = indices.indices.count { self[.right, $0] == 0 }
    record.forgotten = indices.indices.count { self[.forgettings, $0] > 0 }
    return record
  }

  private var map: [[Int]] {
    let row = Array(repeating: 0, count: Self.cells)
    var map = Array(repeating: row, count: Self.cells)
    func cell(_ value: Double, of largest: Double) -> Int {
      min(Self.cells - 1, Int(value / largest * Double(Self.cells)))
    }
    for sample in indices.indices {
      let confidence = cell(self[.confidence, sample], of: 1)
      map[confidence][cell(spread(.confidenceSquares, sample), of: 0.5)] += 1
    }
    return map
  }

  private func sample(at place: Int, of data: Dataset) -> TrainingDynamicsRecord.Sample {
    let index = indices[place]
    var sample = TrainingDynamicsRecord.Sample(
      name: data.name(of: index), label: data.className(of: index), loss: self[.loss, place],
      lossSpread: spread(.lossSquares, place))
    guard !data.labels.isEmpty else { return sample }
    sample.confidence = self[.confidence, place]
    sample.variability = spread(.confidenceSquares, place)
    sample.correctness = self[.right, place] / Double(epochs)
    sample.margin = self[.margin, place]
    sample.forgettings = Int(self[.forgettings, place])
    return sample
  }
}

// As a checkpoint keeps it.
extension TrainingDynamics {
  /// The sums, `[rows, samples]`, with the samples' indices in the last row.
  var state: HostTensor {
    HostTensor(
      values + indices.map(Double.init), shape: [Row.allCases.count + 1, indices.count])
  }

  /// The sums after so many epochs; nothing where the tensor is of another form.
  init(state: HostTensor, epochs: Int) {
    let rows = Row.allCases.count + 1
    guard state.dtype == .float64, state.shape.count == 2, state.shape[0] == rows else { return }
    let all = state.values(as: Double.self)
    let count = state.shape[1]
    values = Array(all.dropLast(count))
    indices = all.suffix(count).map { Int($0) }
    self.epochs = epochs
  }
}
