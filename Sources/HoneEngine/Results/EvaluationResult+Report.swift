import HoneCommands
import HoneData
import HoneMetrics
import HoneRecords
import HoneTrain

extension EvaluationResult {
  /// One row for each class; none for regression.
  func rows(named names: [String]) -> [EvaluationReport.ClassResult] {
    guard let classification else { return [] }
    return zip(names, classification.perClass).map { name, result in
      .init(
        name: name, precision: result.precision, recall: result.recall, f1: result.f1,
        samples: result.support)
    }
  }

  /// The samples with the largest losses, worst first.
  func worst(_ count: Int, in data: Dataset) -> [EvaluationReport.WorstSample] {
    let places = losses.indices.sorted {
      (losses[$0], $1) > (losses[$1], $0)
    }
    let predicted = predictedClasses
    return places.prefix(count).map { place in
      let isClass = !labels.isEmpty
      return .init(
        sample: data.name(of: indices[place]),
        truth: isClass ? data.classes[labels[place]] : "\(targets[place])",
        predicted: isClass ? data.classes[predicted[place]] : "\(outputs[place * width])",
        probability: isClass ? Double(probabilities(of: place)[predicted[place]]) : nil,
        loss: losses[place])
    }
  }

  /// The probability of each class for the sample at a place.
  func probabilities(of place: Int) -> [Float] {
    softmax(Array(outputs[(place * width)..<((place + 1) * width)]), classes: width)
  }
}
