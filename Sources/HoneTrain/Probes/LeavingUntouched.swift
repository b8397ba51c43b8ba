import HoneNN
import HoneOptim
import HoneTensor

/// Runs a probe and puts back what it changed: weights, running statistics, modes, gradients and
/// the optimiser, after a failure too.
func leavingUntouched<R>(_ plan: TrainingPlan, _ body: () throws -> R) throws -> R {
  let state = plan.model.stateDictionary
  let optimizer = plan.optimizer.state
  // `evaluating` gives every layer its mode back, whatever the body sets.
  let result = Result { try plan.model.evaluating(body) }
  try plan.model.load(state)
  try plan.optimizer.load(optimizer)
  plan.model.clearGradients()
  return try result.get()
}
