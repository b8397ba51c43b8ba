import HoneConfiguration

extension ModelConfiguration.Architecture {
  /// The same kind of model with its widths and its number of blocks multiplied; nil where the kind has
  /// no such knob, or the factor would change nothing.
  func scaled(width: Double, depth: Double) -> ModelConfiguration.Architecture? {
    func wide(_ value: Int, least: Int = 4) -> Int {
      max(least, Int((Double(value) * width).rounded()))
    }
    func deep(_ value: Int) -> Int { max(1, Int((Double(value) * depth).rounded())) }
    let changed: ModelConfiguration.Architecture?
    switch self {
    case .mlp(let widths, let activation, let normalization, let dropout, let repeats, let order):
      changed = .mlp(
        widths: widths.map { wide($0) }, activation: activation, normalization: normalization,
        dropout: dropout, repeats: deep(repeats), order: order)
    case .cnn(let channels, let activation, let normalization, let dropout) where depth == 1:
      changed = .cnn(
        width: wide(channels), activation: activation, normalization: normalization,
        dropout: dropout)
    case .smallResnet(let layers, let channels, let isBefore, let reduction, let dropout):
      changed = .smallResnet(
        depth: 6 * deep((layers - 2) / 6) + 2, width: wide(channels), preActivation: isBefore,
        squeezeExcitation: reduction, dropout: dropout)
    case .tabularMLP(let widths, let activation, let normalization, let dropout) where depth == 1:
      changed = .tabularMLP(
        widths: widths.map { wide($0) }, activation: activation, normalization: normalization,
        dropout: dropout)
    case .tabularResNet(let blocks, let units, let expansion, let hidden, let residual):
      changed = .tabularResNet(
        blocks: deep(blocks), width: wide(units), expansion: expansion, hiddenDropout: hidden,
        residualDropout: residual)
    case .textCNN(let features, let windows, let maps, let dropout) where depth == 1:
      changed = .textCNN(
        features: features, windows: windows, maps: wide(maps), dropout: dropout)
    case .lstm(let features, let units, let layers, let isBoth, let dropout):
      changed = .lstm(
        features: features, width: wide(units), depth: deep(layers), bidirectional: isBoth,
        dropout: dropout)
    case .gru(let features, let units, let layers, let isBoth, let dropout):
      changed = .gru(
        features: features, width: wide(units), depth: deep(layers), bidirectional: isBoth,
        dropout: dropout)
    default: changed = otherScaled(width: width, depth: depth)
    }
    return changed == self ? nil : changed
  }

  /// Kinds with a factor of their own.
  private func otherScaled(width: Double, depth: Double) -> ModelConfiguration.Architecture? {
    switch self {
    case .vgg(let layers, let normalizes, let factor, let dropout) where depth == 1:
      .vgg(
        depth: layers, batchNorm: normalizes, widthMultiplier: factor * width, dropout: dropout)
    case .mobileNetV2(let factor, let dropout) where depth == 1:
      .mobileNetV2(widthMultiplier: factor * width, dropout: dropout)
    case .efficientNetB0(let factor, let length, let dropout, let stochastic):
      .efficientNetB0(
        widthMultiplier: factor * width, depthMultiplier: length * depth, dropout: dropout,
        stochasticDepth: stochastic)
    default: nil
    }
  }
}
