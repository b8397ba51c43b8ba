package import HoneTensor

/// The processes whose samples make one batch together, for layers that look at the whole batch.
package final class BatchSynchronization {
  /// The processes.
  package let group: ProcessGroup
  /// Whether this process's samples of the present batch count for nothing: it has too few samples to
  /// go round, and this process repeats one to keep step with the others.
  package var isIdle = false

  /// Processes that all have samples.
  package init(_ group: ProcessGroup) { self.group = group }
}
