import CTorch

/// Batch normalization by the mean and variance over the samples of all processes of a group; its
/// gradient takes all of them into account.
/// - Parameters:
///   - input: `[batch, features, …]`, this process's samples.
///   - weight: the scale, `[features]`.
///   - bias: the shift, `[features]`.
///   - runningMean: the running mean, updated in place.
///   - runningVariance: the running variance, updated in place by the unbiased one.
///   - momentum: the weight of this batch in the running statistics.
///   - epsilon: what is added to variances.
///   - isIdle: whether this process's samples count for nothing.
package func synchronizedBatchNorm(
  _ input: Tensor, weight: Tensor?, bias: Tensor?, runningMean: Tensor?, runningVariance: Tensor?,
  momentum: Double, epsilon: Double, group: ProcessGroup, isIdle: Bool
) -> Tensor {
  var out: ct_tensor?
  let status = withExtendedLifetime((input, weight, bias, runningMean, runningVariance)) {
    ct_group_batch_norm(
      group.pointer, input.pointer, weight?.pointer, bias?.pointer, runningMean?.pointer,
      runningVariance?.pointer, momentum, epsilon, isIdle, &out)
  }
  check(status, "batch normalization over processes")
  return Tensor(owning: out)
}
