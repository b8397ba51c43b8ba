public import HoneTensor

/// The loss of batches and its gradients, for a training loop of one's own.
///
/// ```swift
/// let pass = GradientPass(of: model, .crossEntropy())
/// for (inputs, labels) in batches {
///   let loss = pass(inputs, labels)
///   optimizer.step()
///   optimizer.clearGradients()
/// }
/// ```
///
/// A model of linear maps, batch normalizations, rectifiers and dropout that learns labels by cross-entropy
/// in `float32` on the CPU needs no graph for it; others make one. The numbers are the same, bit for bit.
public struct GradientPass {
  private let model: any Layer<Tensor, Tensor>
  private let loss: Loss
  private let dense: DenseStep?

  /// Passes through a model, whose layers stay those that it has now.
  public init(of model: any Layer<Tensor, Tensor>, _ loss: Loss) {
    self.model = model
    self.loss = loss
    dense = loss.plainCrossEntropySmoothing == nil ? nil : DenseStep(model)
  }

  /// Adds the gradients of a batch's mean loss to those of the parameters.
  ///
  /// Waits for the device.
  /// - Parameters:
  ///   - input: the samples.
  ///   - target: what the loss compares the model's output with.
  /// - Returns: the loss; where it is not finite, gradients may be missing.
  @discardableResult
  public func callAsFunction(_ input: Tensor, _ target: Tensor) -> Double {
    if let dense, let smoothing = loss.plainCrossEntropySmoothing, input.device == .cpu,
      !isAutocastEnabled(on: .cpu), isRecordingGradients,
      let taken = dense(input, labels: target, smoothing: smoothing)
    {
      return taken.loss
    }
    let value = loss(model(input), target)
    value.backward()
    return value.item()
  }
}
