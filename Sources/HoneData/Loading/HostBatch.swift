public import HoneNumerics

/// Samples side by side in host memory, ready to be given to a model.
public struct HostBatch: Sendable, Equatable {
  /// Float inputs, `[batch, channels, height, width]` or `[batch, features]`; or token numbers,
  /// 64-bit, `[batch, tokens]`, filled up with ``Vocabulary/padding``.
  public let inputs: HostTensor
  /// Class indices, 64-bit, `[batch]`, -1 where not known; or, for regression, standardised values,
  /// 32-bit floats, `[batch, 1]`, NaN where not known.
  public let targets: HostTensor
  /// Class shares, `[batch, classes]`, where images were mixed; nil otherwise.
  public let softLabels: HostTensor?
  /// The data set's index of each sample.
  public let indices: [Int]

  /// Samples in the batch.
  public var count: Int { indices.count }
}
