public import HoneConfiguration
import HoneRecords
public import HoneSearch

/// A hyperparameter that `hone search --tune` knows by a short name, with the range that is usually
/// worth searching.
public enum TunedParameter: String, Sendable, CaseIterable {
  /// The learning rate, two decades to either side of the optimiser's own.
  case learningRate
  /// The strength of weight decay.
  case weightDecay
  /// The model's dropout.
  case dropout
  /// Samples per step.
  case batchSize
  /// The optimiser's momentum, by what it keeps.
  case momentum
  /// The share of the label that goes to other classes.
  case labelSmoothing
  /// The model's activation.
  case activation
  /// The norm to which gradients are cut.
  case gradientClip

  /// The parameter of a configuration's search space.
  /// - Parameter configuration: the configuration that trials change, with its model decided.
  public func parameter(of configuration: Configuration) -> SearchParameter {
    switch self {
    case .learningRate:
      let usual = configuration.optimizer.learningRate
      let rate = usual > 0 ? usual : 1e-3
      return .float(
        "optimizer.learningRate", rate / 100...max(rate, min(1, rate * 100)), scale: .log)
    case .weightDecay: return .float("optimizer.weightDecay", 1e-6...0.3, scale: .log)
    case .dropout: return .float("model.dropout", 0...0.6)
    case .batchSize: return .integer("data.batchSize", 16...256, scale: .log, step: 16)
    case .momentum: return .float("optimizer.momentum", 0.5...0.99, scale: .logit)
    case .labelSmoothing: return .float("loss.labelSmoothing", 0...0.2)
    case .activation: return .choice("model.activation", ["relu", "gelu", "silu", "tanh"])
    case .gradientClip: return .float("training.gradientClip.norm", 0.1...10, scale: .log)
    }
  }
}
