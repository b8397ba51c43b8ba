import Foundation
import HoneTensor

extension Module {
  /// Sets the head's bias so that the untrained model answers with the classes' frequencies: the first
  /// loss is then their entropy, and no steps go into learning how frequent classes are (Karpathy 2019,
  /// "A Recipe for Training Neural Networks"; for rare classes arXiv 1708.02002, section 4.1).
  ///
  /// A head of one output, for two classes, gets the logit of the second. A class without samples counts
  /// as half a sample.
  /// - Parameter counts: training samples of each class.
  /// - Returns: the name of the bias.
  /// - Throws: `InitializationError.noOutputBias` where the last layer has no bias of as many numbers.
  /// - Precondition: there are two classes or more and a sample.
  @discardableResult
  public func setOutputBias(
    toPriorOf counts: [Int]
  ) throws(InitializationError) -> String {
    guard counts.count > 1, counts.allSatisfy({ $0 >= 0 }), counts.contains(where: { $0 > 0 })
    else {
      fatalError("setOutputBias(toPriorOf:) got \(counts); it needs two classes and a sample.")
    }
    let borne = counts.map { max(Double($0), 0.5) }
    let total = borne.reduce(0, +)
    let logarithms = borne.map { log($0 / total) }
    if counts.count == 2 {
      return try setOutputBias([[logarithms[1] - logarithms[0]], logarithms])
    }
    return try setOutputBias([logarithms])
  }

  /// Sets the head's bias to the targets' means, so that the untrained model answers with them.
  /// - Parameter means: the mean of each target over the training split.
  /// - Returns: the name of the bias.
  /// - Throws: `InitializationError.noOutputBias` where the last layer has no bias of as many numbers.
  @discardableResult
  public func setOutputBias(toMeans means: [Double]) throws(InitializationError) -> String {
    try setOutputBias([means])
  }

  /// Writes the values that fit the last layer's bias.
  private func setOutputBias(_ choices: [[Double]]) throws(InitializationError) -> String {
    let last = namedModules.last { $0.module is any WeightedLayer }
    guard let last, let bias = (last.module as? any WeightedLayer)?.bias,
      let values = choices.first(where: { [$0.count] == bias.shape })
    else { throw .noOutputBias(outputs: choices.map(\.count)) }
    bias.assign(Tensor(values).cast(to: bias.value.dtype))
    return last.name.isEmpty ? "bias" : "\(last.name).bias"
  }
}
