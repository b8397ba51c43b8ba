import HoneNN
import HoneTensor

/// Which normalization a ready model puts behind its linear layers and convolutions.
public enum BlockNormalization: String, Sendable, Hashable, CaseIterable {
  /// None.
  case none
  /// By the batch's statistics, feature by feature.
  case batch
  /// By each sample's own statistics, over all features and positions.
  case layer

  /// Whether layers before it do without a bias, because it would be subtracted again.
  var absorbsBias: Bool { self == .batch }

  /// The layer for `[batch, features]`; nil for none.
  func forRows(_ features: Int, device: Device) -> (any Layer<Tensor, Tensor>)? {
    switch self {
    case .none: nil
    case .batch: BatchNorm(features: features, device: device)
    case .layer: LayerNorm(features: features, device: device)
    }
  }

  /// The layer for `[batch, features, height, width]`; nil for none.
  func forImages(_ features: Int, device: Device) -> (any Layer<Tensor, Tensor>)? {
    switch self {
    case .none: nil
    case .batch: BatchNorm(features: features, device: device)
    case .layer: GroupNorm(groups: 1, features: features, device: device)
    }
  }
}
