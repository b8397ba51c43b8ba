import HoneData
import HoneNN
import HoneTensor

/// How far the outputs of each linear layer and convolution spread over a training batch.
public struct SpreadProbe: Sendable {
  /// Samples whose signal is followed.
  public var samples = 32

  /// A probe with default settings.
  public init() {}

  /// One layer.
  public struct Layer: Sendable, Equatable {
    /// The dotted path within the model.
    public var path: String
    /// The standard deviation of its outputs, before any activation.
    public var standardDeviation: Double
  }

  /// The layers in the order of the forward pass.
  ///
  /// The model is as before afterwards.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  public func run(_ plan: TrainingPlan) throws -> [Layer] {
    let batch = try plan.training.batch(of: spaced(plan.training.indices, samples))
    let spread = try plan.model.initialSpread(on: Tensor(batch.inputs).to(plan.device))
    return spread.outputs.map { Layer(path: $0.name, standardDeviation: $0.standardDeviation) }
  }
}
