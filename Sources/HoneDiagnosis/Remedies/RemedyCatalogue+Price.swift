import Foundation
package import HoneRecords

extension RemedyCatalogue {
  /// What a run with a remedy costs, as a multiple of the run without: more epochs, more steps, wider
  /// layers.
  package func price(of remedy: Remedy) -> Double {
    var price = 1.0
    if let epochs = number(remedy.change["training.epochs"]), run.epochs > 0 {
      price *= epochs / Double(settings.integer("training.epochs") ?? run.epochs)
    }
    if let now = number(remedy.change["data.batchSize"]),
      let before = settings.number("data.batchSize"),
      now > 0
    {
      // A step on half the samples takes more than half the time.
      price *= pow(before / now, 0.7)
    }
    switch remedy.id {
    case "wider": price *= 2
    case "narrower", "shallower": price *= 0.6
    case "batch-norm", "standard-recipe": price *= 1.2
    case "convolution", "pretrained-backbone": price *= 4
    case "augmentation": price *= 1.3
    default: break
    }
    return max(price, 0.1)
  }

  private func number(_ value: ConfigurationValue?) -> Double? {
    switch value {
    case .integer(let whole): Double(whole)
    case .number(let number): number
    default: nil
    }
  }
}
