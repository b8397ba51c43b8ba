import CTorch

extension Torch {
  /// Keeps the memory that tensors free in this process for the next tensors, up to 2 GiB of it.
  ///
  /// By default the C library returns large blocks to the system, and every training step has them
  /// mapped and cleared again, which costs a small model a fifth of its step on the CPU. The setting is
  /// the whole process's and lasts, so that programs choose it, not libraries; the peak of memory
  /// grows by a few percent.
  /// - Returns: whether the C library has such a setting (glibc has).
  @discardableResult
  public static func keepFreedMemory() -> Bool { ct_keep_freed_memory() }
}
