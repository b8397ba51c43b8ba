/// What is known of activation functions by their name in a trace.
enum Activity {
  /// What may stand in a trace without being an activation.
  private static let others: Set<String> = [
    "batchNorm", "groupNorm", "layerNorm", "instanceNorm", "rmsNorm", "dropout", "maxPool",
    "weighted",
  ]

  /// Whether the name is that of an activation function.
  static func isActivation(_ kind: String) -> Bool { !others.contains(kind) }

  /// The outputs between which a bounded function still has a slope worth the name: outside, its
  /// slope is below a tenth of its largest.
  static func flatRange(_ kind: String) -> ClosedRange<Double>? {
    switch kind {
    // sigmoid' = y (1 - y), largest 1/4; tanh' = 1 - y y, largest 1.
    case "sigmoid": 0.02565...0.97435
    case "tanh": -0.94868...0.94868
    case "softsign": -0.68377...0.68377
    case "hardSigmoid": 0.0001...0.9999
    case "hardTanh": -0.9999...0.9999
    default: nil
    }
  }

  /// Whether the function gives exact zeros to negative inputs.
  static func hasZeros(_ kind: String) -> Bool { ["relu", "relu6", "threshold"].contains(kind) }
}
