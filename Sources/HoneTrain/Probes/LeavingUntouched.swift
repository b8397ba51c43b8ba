import HoneNN
import HoneTensor

/// Runs a probe and puts back what it changed: weights, running statistics, modes, gradients, and
/// libtorch's random state.
func leavingUntouched<R>(
  _ model: any Layer<Tensor, Tensor>, on device: Device, _ body: () throws -> R
) throws -> R {
  let state = model.stateDictionary
  let random = Torch.randomState(on: device)
  // `evaluating` gives every layer its mode back, whatever the body sets.
  let result = Result { try model.evaluating(body) }
  Torch.restoreRandomState(random, on: device)
  try model.load(state)
  model.clearGradients()
  return try result.get()
}
