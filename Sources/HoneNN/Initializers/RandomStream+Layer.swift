import HoneNumerics

extension RandomStream {
  /// The stream of one layer.
  ///
  /// A layer takes one draw from its model's stream, however many parameters it has, so that giving
  /// it a bias or another initializer leaves the first values of all other layers as they were.
  mutating func layerStream() -> RandomStream { RandomStream(seed: nextSeed(), "layer") }
}

/// The first values of a bias beside a weight of the given shape: PyTorch's ±1/√fan-in under the
/// standard initializer, zeros under any other.
func initialBias(
  besideWeight shape: [Int], _ initializer: Initializer
) -> Initializer {
  guard initializer == .standard else { return .zeros }
  let bound = 1 / Double(max(1, Fan(of: shape, for: "bias").inputs)).squareRoot()
  return .uniform(-bound...bound)
}
