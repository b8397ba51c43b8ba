import CTorch

/// Computes a part of a model without keeping what its gradient needs: the backward pass computes the
/// part again (Chen and others 2016, arXiv 1604.06174).
///
/// Memory for one part's activations and every part's input takes the place of memory for all
/// activations; time for a second forward pass is the price. The part draws the same random numbers and
/// computes in the same precision by the same kernels the second time. Gradients that `backward()` adds
/// to parameters are those of the plain computation; `gradients(of:withRespectTo:)` does not see through
/// the part, and it cannot be differentiated twice.
/// - Parameters:
///   - input: what the part sees.
///   - body: the part; called once now and once in the backward pass. Whatever else it changes, it must
///     leave as it found it the second time.
package func recomputing(_ input: Tensor, _ body: @escaping (Tensor) -> Tensor) -> Tensor {
  let moment = ForwardMoment(device: input.device)
  let output = recordingLater { body(input) }
  if input.isPoisoned || output.isPoisoned { return output }
  let part = RecomputedPart(input: input, moment: moment, body: body)
  var out: ct_tensor?
  check(
    withExtendedLifetime((input.handle, output.handle)) {
      ct_recomputed(
        input.pointer, output.pointer, recomputePart, Unmanaged.passRetained(part).toOpaque(),
        { pointer in
          if let pointer { Unmanaged<RecomputedPart>.fromOpaque(pointer).release() }
        }, &out)
    }, "recompute")
  return Tensor(owning: out)
}

/// What the second computation of a part needs.
private final class RecomputedPart {
  let input: Tensor
  let moment: ForwardMoment
  let body: (Tensor) -> Tensor

  init(input: Tensor, moment: ForwardMoment, body: @escaping (Tensor) -> Tensor) {
    self.input = input
    self.moment = moment
    self.body = body
  }

  /// Adds the parameters' gradients to them.
  /// - Returns: the input's gradient; nil where it needs none.
  func gradient(weight: Tensor) throws -> Tensor? {
    let needsGradient = input.requiresGradient
    let leaf = needsGradient ? input.requiringGradient() : input
    try catchingTorchErrors {
      let output = withGradients { moment.repeating { body(leaf) } }
      if output.requiresGradient { output.backward(weight) }
    }
    return needsGradient ? leaf.gradient : nil
  }
}

/// What libtorch calls in the backward pass, on whichever of its threads.
private func recomputePart(
  _ context: UnsafeMutableRawPointer?, _ gradient: ct_tensor?,
  _ inputGradient: UnsafeMutablePointer<ct_tensor?>?
) -> ct_status {
  let weight = Tensor(owning: gradient)
  guard let context else { return CT_OTHER }
  let part = Unmanaged<RecomputedPart>.fromOpaque(context).takeUnretainedValue()
  do {
    guard let found = try part.gradient(weight: weight) else { return CT_OK }
    inputGradient?.pointee = withExtendedLifetime(found.handle) { ct_tensor_alias(found.pointer) }
    return CT_OK
  } catch {
    return (error as? TorchError)?.kind == .outOfMemory ? CT_OUT_OF_MEMORY : CT_OTHER
  }
}
