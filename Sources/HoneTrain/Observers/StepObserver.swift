public import HoneData

/// Looks into steps: sees a step's batches and gradients before the weights change.
///
/// Steps of optimizers that evaluate a step's loss more than once cannot be looked into.
public protocol StepObserver: TrainingObserver {
  /// Called on the training thread in each step when its gradients lie on the parameters, before they are
  /// clipped and used; may change nothing.
  /// - Parameters:
  ///   - step: the step's number in the run, from 1.
  ///   - epoch: its epoch, from 1.
  ///   - batches: what the gradients are of, several where gradients are accumulated.
  func lookInto(step: Int, epoch: Int, batches: [HostBatch]) throws
}
