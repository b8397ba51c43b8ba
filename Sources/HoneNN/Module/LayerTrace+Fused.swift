package import HoneTensor

extension LayerTrace {
  /// The output of a pass that runs several layers as one; whoever looks into the layers is shown what
  /// each of them gives.
  ///
  /// The output is the same whether somebody looks or not. The layers run one by one behind the pass,
  /// without gradients and with its draws; generators and buffers are then as the pass left them. What is
  /// shown agrees with what the pass computed to rounding, and is no part of the graph: to differentiate
  /// by what a layer gives, run the model by `withStandardKernels`.
  /// - Parameters:
  ///   - buffers: those of the layers.
  ///   - isObserved: whether one of them has an observer of its own.
  ///   - device: where they draw.
  ///   - pass: the pass; nil where it does not suit, and then it has drawn and changed nothing.
  ///   - layers: runs the layers one by one.
  /// - Returns: what the pass gives.
  package static func fused<Result>(
    _ buffers: @autoclosure () -> [Buffer], isObserved: Bool, on device: Device,
    pass: () -> Result?, layers: () -> Void
  ) -> Result? {
    guard isObserved || isRecording else { return pass() }
    let buffers = buffers()
    let before = withoutGradients { buffers.map { $0.value.clone() } }
    let moment = ForwardMoment(device: device)
    guard let output = pass() else { return nil }
    let after = withoutGradients { buffers.map { $0.value.clone() } }
    for (buffer, value) in zip(buffers, before) { buffer.overwrite(value) }
    withoutGradients { withoutAutocastCache { moment.repeating(layers) } }
    for (buffer, value) in zip(buffers, after) { buffer.overwrite(value) }
    return output
  }
}
