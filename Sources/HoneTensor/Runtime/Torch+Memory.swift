import CTorch

extension Torch {
  /// Keeps the memory that tensors free in this process for the next tensors.
  ///
  /// By default the C library returns large blocks to the system, and every training step has them
  /// mapped and cleared again, which costs a small model a fifth of its step on the CPU. Kept blocks of
  /// a mebibyte and more stay whole, in huge pages where the system has them, and never add up to more
  /// than was in use at once (or 128 MiB). The setting is the whole process's and lasts, so that
  /// programs choose it, not libraries.
  public static func keepFreedMemory() { ct_keep_freed_memory() }

  /// Bytes in large blocks of CPU tensors since ``keepFreedMemory()``: in use, kept for later, and the
  /// most that was in use at once.
  package static var keptMemory: (used: Int, kept: Int, most: Int) {
    var used: ct_int = 0
    var kept: ct_int = 0
    var most: ct_int = 0
    ct_kept_memory(&used, &kept, &most)
    return (Int(used), Int(kept), Int(most))
  }
}
