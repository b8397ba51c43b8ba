import Foundation
import HoneTensor

// Losses of one label per sample that libtorch does not have.
extension Loss {
  /// libtorch's cross-entropy, but for a batch of which nothing counts: its mean is zero, not 0/0.
  func crossEntropy(
    _ output: Tensor, _ target: Tensor, _ smoothing: Double, _ weights: Tensor?, _ ignored: Int,
    _ reduction: Reduction
  ) -> Tensor {
    let mayLackLabels =
      reduction == .mean && ignored != Self.ignoredByDefault && !target.dtype.isFloatingPoint
    if reduction == .mean, weights == nil, !mayLackLabels,
      let loss = output.fusedCrossEntropy(target, smoothing: smoothing, ignored: ignored)
    {
      return loss
    }
    if reduction == .none, weights == nil,
      let losses = output.crossEntropyOfRows(target, smoothing: smoothing, ignored: ignored)
    {
      return losses
    }
    let losses = ATen.cross_entropy_loss(
      output, target: target, weight: weights,
      reduction: (mayLackLabels ? .sum : reduction).rawValue, ignore_index: ignored,
      label_smoothing: smoothing)
    guard mayLackLabels else { return losses }
    let counted = ATen.ne_Scalar(target, other: Scalar(ignored))
    var shares = counted.cast(to: losses.dtype)
    if let weights {
      shares *= weights.ofClasses(target.masked(ATen.logical_not(counted), with: 0))
    }
    return losses / shares.sum().clamped(minimum: 1e-30)
  }

  /// Cross-entropy less the entropy of the targets themselves.
  func divergence(
    _ output: Tensor, _ target: Tensor, _ smoothing: Double, _ reduction: Reduction
  ) -> Tensor {
    let classes = output.shape[1]
    guard target.dtype.isFloatingPoint else {
      let losses = ATen.cross_entropy_loss(
        output, target: target, reduction: Reduction.none.rawValue, label_smoothing: smoothing)
      return reduced(losses - Scalar(labelEntropy(smoothing, classes)), reduction)
    }
    let losses = ATen.kl_div(
      output.logSoftmax(along: 1), target: smoothed(target, smoothing, classes),
      reduction: Reduction.none.rawValue)
    return reduced(losses.sum(along: [1]), reduction)
  }

  /// The entropy of one label of which a share is spread over all classes.
  private func labelEntropy(_ smoothing: Double, _ classes: Int) -> Double {
    if smoothing == 0 { return 0 }
    let rest = smoothing / Double(classes)
    let kept = 1 - smoothing + rest
    return -kept * log(kept) - Double(classes - 1) * rest * log(rest)
  }

  func focal(
    _ output: Tensor, _ target: Tensor, _ gamma: Double, _ weights: Tensor?, _ ignored: Int,
    _ reduction: Reduction
  ) -> Tensor {
    let logarithms = output.logSoftmax(along: 1)
    if target.dtype.isFloatingPoint {
      let terms = target * modulated(logarithms, gamma)
      let weighted = weights.map { terms * alongClasses($0, rank: terms.rank) } ?? terms
      return reduced(weighted.sum(along: [1]), reduction)
    }
    let counted = ATen.ne_Scalar(target, other: Scalar(ignored))
    let labels = target.masked(ATen.logical_not(counted), with: 0)
    var losses = modulated(pick(labels, of: logarithms), gamma)
    if let weights { losses *= weights.ofClasses(labels) }
    losses *= counted.cast(to: losses.dtype)
    guard reduction == .mean else { return reduced(losses, reduction) }
    return losses.sum() / counted.sum().cast(to: losses.dtype).clamped(minimum: 1)
  }

  func crossEntropyOnProbabilities(
    _ output: Tensor, _ target: Tensor, _ smoothing: Double, _ weights: Tensor?,
    _ reduction: Reduction
  ) -> Tensor {
    let bounds = (Scalar(Loss.clipping), Scalar(1 - Loss.clipping))
    let logarithms = (output / output.sum(along: [1], keepingDimensions: true))
      .clamped(minimum: bounds.0, maximum: bounds.1).logarithm()
    let classes = output.shape[1]
    if target.dtype.isFloatingPoint {
      let shares = smoothed(target, smoothing, classes)
      let terms = weights.map { shares * alongClasses($0, rank: shares.rank) } ?? shares
      return reduced(-(terms * logarithms).sum(along: [1]), reduction)
    }
    var losses = -pick(target, of: logarithms)
    if smoothing > 0 {
      // The share of each class is the same, so the smoothed part is a mean over classes.
      let even = -logarithms.mean(along: [1])
      losses = losses * Scalar(1 - smoothing) + even * Scalar(smoothing)
    }
    guard let weights else { return reduced(losses, reduction) }
    let factors = weights.ofClasses(target)
    losses *= factors
    return reduction == .mean ? losses.sum() / factors.sum() : reduced(losses, reduction)
  }

  /// `-(1 - p)^gamma · log p` from log p.
  private func modulated(_ logarithms: Tensor, _ gamma: Double) -> Tensor {
    // From the logarithm, because 1 - p has no digits left where p is near 1; bounded, because a power
    // below 1 has no slope at zero.
    let rest = (-ATen.expm1(logarithms)).clamped(minimum: 1e-12)
    return -(rest.power(Scalar(gamma)) * logarithms)
  }

  /// The element of each label in dimension 1.
  private func pick(_ labels: Tensor, of values: Tensor) -> Tensor {
    values.picked(labels.unsqueezed(at: 1), along: 1).squeezed(at: 1)
  }

  private func smoothed(_ shares: Tensor, _ smoothing: Double, _ classes: Int) -> Tensor {
    smoothing > 0 ? shares * Scalar(1 - smoothing) + Scalar(smoothing / Double(classes)) : shares
  }

  /// Weights in a shape that broadcasts over dimension 1.
  private func alongClasses(_ weights: Tensor, rank: Int) -> Tensor {
    weights.reshaped([1, -1] + [Int](repeating: 1, count: rank - 2))
  }
}

extension Tensor {
  /// The weight of each label.
  fileprivate func ofClasses(_ labels: Tensor) -> Tensor {
    gathered(labels.flattened()).reshaped(labels.shape)
  }
}
