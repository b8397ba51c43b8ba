import CTorch

/// A convolution with the batch normalization behind it as one convolution, as long as weights and
/// statistics stay as they were.
package final class FoldedConvolution {
  private let sources: TensorVersions
  private let shape: [Int]
  private let walk: ConvolutionStride
  private let weight: Tensor
  private let shift: Tensor

  /// Folds a normalization by running statistics into a convolution on the CPU in `float32`.
  /// - Parameters:
  ///   - weight: the convolution's weight.
  ///   - bias: the convolution's shift.
  ///   - norm: the normalization.
  ///   - walk: how the convolution walks.
  ///   - shape: the input's extents, for which the weight is laid out.
  /// - Returns: nil where this libtorch lacks the operators, or other kernels are asked for.
  package init?(
    weight: Tensor, bias: Tensor?, norm: BatchNormArguments, walk: ConvolutionStride, shape: [Int]
  ) {
    var packed: ct_tensor?
    var shift: ct_tensor?
    var behind = ct_dense_norm(
      weight: norm.weight?.pointer, bias: norm.bias?.pointer,
      running_mean: norm.runningMean?.pointer, running_variance: norm.runningVariance?.pointer,
      count: nil, uses_batch: false, momentum: 0, epsilon: norm.epsilon)
    let status = withExtendedLifetime((weight, bias, norm)) {
      walk.call {
        ct_fold_convolution(weight.pointer, bias?.pointer, &behind, $0, shape, &packed, &shift)
      }
    }
    check(status, "foldedConvolution")
    guard status == CT_OK, let packed, let shift else { return nil }
    self.weight = Tensor(owning: packed)
    self.shift = Tensor(owning: shift)
    self.walk = walk
    self.shape = shape
    sources = TensorVersions(Self.sources(weight, bias, norm))
  }

  /// Whether it was made of these tensors as they are now, for inputs of this shape.
  package func isCurrent(
    weight: Tensor, bias: Tensor?, norm: BatchNormArguments, shape: [Int]
  ) -> Bool {
    self.shape == shape && sources.areCurrent(Self.sources(weight, bias, norm))
  }

  /// The normalized convolution, plus a tensor of the same shape, with negative values set to zero if
  /// asked.
  package func callAsFunction(_ input: Tensor, adding added: Tensor?, rectified: Bool) -> Tensor {
    var out: ct_tensor?
    check(
      withExtendedLifetime((input, added, self)) {
        walk.call {
          ct_folded_convolution(
            input.pointer, weight.pointer, shift.pointer, added?.pointer, rectified, $0, &out)
        }
      }, "foldedConvolution")
    return Tensor(owning: out)
  }

  private static func sources(
    _ weight: Tensor, _ bias: Tensor?, _ norm: BatchNormArguments
  ) -> [Tensor] {
    [weight, bias, norm.weight, norm.bias, norm.runningMean, norm.runningVariance].compactMap { $0 }
  }
}
