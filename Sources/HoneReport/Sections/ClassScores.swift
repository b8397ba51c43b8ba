/// Precision, recall and F1 of one class.
struct ClassScores {
  var name: String
  var samples: Int
  var precision: Double
  var recall: Double
  /// The harmonic mean of precision and recall; zero where both are.
  var f1: Double

  /// The scores of every class of a confusion matrix with true classes as rows.
  ///
  /// A class that was never predicted has precision zero.
  static func all(_ confusion: [[Int]], names: [String]) -> [ClassScores] {
    confusion.indices.map { index in
      let right = confusion[index].indices.contains(index) ? confusion[index][index] : 0
      let samples = confusion[index].reduce(0, +)
      let predicted = confusion.reduce(0) { $0 + ($1.indices.contains(index) ? $1[index] : 0) }
      let precision = predicted > 0 ? Double(right) / Double(predicted) : 0
      let recall = samples > 0 ? Double(right) / Double(samples) : 0
      let sum = precision + recall
      return ClassScores(
        name: index < names.count ? names[index] : String(index), samples: samples,
        precision: precision, recall: recall, f1: sum > 0 ? 2 * precision * recall / sum : 0)
    }
  }
}
