import CTorch

/// What batch normalization needs besides its input.
package struct BatchNormArguments {
  /// The scale, `[features]`.
  package var weight: Tensor?
  /// The shift, `[features]`.
  package var bias: Tensor?
  /// The running means, `[features]`, updated where the batch's own are used.
  package var runningMean: Tensor?
  /// The running variances, `[features]`.
  package var runningVariance: Tensor?
  /// Whether the batch's own statistics are used.
  package var usesBatch: Bool
  /// The weight of this batch in the running estimates.
  package var momentum: Double
  /// What is added to variances before their root is taken.
  package var epsilon: Double

  /// The arguments, in libtorch's order.
  package init(
    weight: Tensor?, bias: Tensor?, runningMean: Tensor?, runningVariance: Tensor?,
    usesBatch: Bool, momentum: Double, epsilon: Double
  ) {
    self.weight = weight
    self.bias = bias
    self.runningMean = runningMean
    self.runningVariance = runningVariance
    self.usesBatch = usesBatch
    self.momentum = momentum
    self.epsilon = epsilon
  }
}

extension Tensor {
  /// The batch normalization over all dimensions but 1, plus a tensor of the same shape, with
  /// negative values set to zero if asked.
  ///
  /// On the CPU, where channels lie innermost, all of it takes two passes over memory forward and two
  /// backward; its sums do not depend on the number of threads. Elsewhere, and where `fuses` is
  /// false, libtorch's operators do it one by one.
  package func batchNormalized(
    _ arguments: BatchNormArguments, adding added: Tensor? = nil, rectified: Bool = false,
    fuses: Bool = true
  ) -> Tensor {
    var options = ct_batch_norm_options(
      uses_batch: arguments.usesBatch, momentum: arguments.momentum, epsilon: arguments.epsilon,
      rectified: rectified, fuses: fuses)
    var out: ct_tensor?
    check(
      withExtendedLifetime((handle, arguments, added)) {
        ct_fused_batch_norm(
          pointer, arguments.weight?.pointer, arguments.bias?.pointer, added?.pointer,
          arguments.runningMean?.pointer, arguments.runningVariance?.pointer, &options, &out)
      }, "batchNormalized")
    return Tensor(owning: out)
  }
}
