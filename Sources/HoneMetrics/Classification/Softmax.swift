import Foundation

/// Probabilities from outputs before the softmax, computed in double precision.
/// - Parameters:
///   - logits: `[samples, classes]`, row-major.
///   - classes: how many classes there are.
public func softmax(_ logits: [Float], classes: Int) -> [Float] {
  guard classes > 0, logits.count.isMultiple(of: classes) else {
    fatalError("softmax got \(logits.count) logits, which make no whole rows of \(classes).")
  }
  var probabilities: [Float] = []
  probabilities.reserveCapacity(logits.count)
  for start in stride(from: 0, to: logits.count, by: classes) {
    let row = logits[start..<(start + classes)]
    let largest = Double(row.max() ?? 0)
    let powers = row.map { exp(Double($0) - largest) }
    let sum = powers.reduce(0, +)
    probabilities.append(contentsOf: powers.map { Float($0 / sum) })
  }
  return probabilities
}
