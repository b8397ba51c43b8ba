import CTorch

/// Sums gradients over the processes of a group, in buckets.
///
/// Each is sent as soon as it is full, so that most of the exchange happens while the backward pass
/// still runs (arXiv 2006.15704).
///
/// ```swift
/// buckets.begin()
/// loss.backward()
/// try buckets.finish()  // every gradient is the sum over all processes
/// ```
public final class GradientBuckets {
  /// The bytes of a bucket, as PyTorch chose them.
  public static let defaultBytes = 25 << 20

  private let group: ProcessGroup
  private let pointer: ct_buckets?
  /// How many buckets of the last step were under way before `finish` was called.
  public private(set) var overlapped = 0

  /// Buckets of parameters in reverse order.
  ///
  /// The parameters must stay on their devices; whoever hooks their gradients otherwise comes first.
  public init(_ group: ProcessGroup, _ parameters: [Parameter], bytes: Int = defaultBytes) {
    self.group = group
    var out: ct_buckets?
    let values = parameters.map(\.value)
    HoneTensor.check(
      withExtendedLifetime(values) {
        ct_buckets_new(group.pointer, values.map(\.pointer), values.count, bytes, &out)
      }, "gradient buckets")
    pointer = out
  }

  deinit { ct_buckets_free(pointer) }

  /// How many buckets there are.
  public var count: Int { ct_buckets_count(pointer) }

  /// Makes the next backward pass the one whose gradients are sent; with gradients of several passes,
  /// the last one.
  public func begin() { ct_buckets_arm(pointer) }

  /// Waits until each gradient is the sum over all processes.
  ///
  /// A parameter without a gradient in any process keeps none; one without a gradient in this process
  /// alone gets the others' sum.
  /// - Throws: `ProcessGroupError` where a process was lost.
  public func finish() throws(ProcessGroupError) {
    var count: ct_int = 0
    try group.check(ct_buckets_finish(pointer, &count))
    overlapped = count
  }
}
