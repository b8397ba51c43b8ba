import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor

/// The optimizer of a case, with Keras' defaults where the case gives none.
func caseOptimizer(
  _ record: CaseRecord, _ parameters: [Parameter]
) throws -> (optimizer: any Optimizer, rate: Double) {
  let options = record.optimizer
  let name = (options["name"]?.word ?? "sgd").lowercased()
  let defaults = [
    "sgd": 0.01, "rmsprop": 0.001, "adam": 0.001, "adagrad": 0.01, "adadelta": 1, "adamax": 0.002,
    "nadam": 0.002,
  ]
  let rate = options["lr"]?.double ?? options["learning_rate"]?.double ?? defaults[name] ?? 0.01
  // The sign is the trainer's business: an optimizer is made for a rate of zero or more.
  let size = abs(rate)
  let epsilon = options["epsilon"]?.double ?? 1e-7
  let betas = AdamBetas(
    options["beta_1"]?.double ?? 0.9, options["beta_2"]?.double ?? 0.999)
  let groups = [ParameterGroup(parameters)]
  switch name {
  case "sgd":
    let momentum = options["momentum"]?.double ?? 0
    return (
      SGD(
        groups, learningRate: size, momentum: momentum,
        isNesterov: momentum > 0 && options["nesterov"]?.flag == true), rate
    )
  case "adam":
    return (Adam(groups, learningRate: size, betas: betas, epsilon: epsilon), rate)
  case "rmsprop":
    return (
      RMSProp(
        groups, learningRate: size, smoothing: options["rho"]?.double ?? 0.9,
        momentum: options["momentum"]?.double ?? 0, epsilon: epsilon), rate
    )
  case "adagrad": return (Adagrad(groups, learningRate: size, epsilon: epsilon), rate)
  case "adadelta":
    return (
      Adadelta(
        groups, learningRate: size, smoothing: options["rho"]?.double ?? 0.95, epsilon: epsilon),
      rate
    )
  case "adamax":
    return (Adamax(groups, learningRate: size, betas: betas, epsilon: epsilon), rate)
  case "nadam": return (NAdam(groups, learningRate: size, betas: betas, epsilon: epsilon), rate)
  default: throw Unavailable(reason: "optimizer \(name) is not known")
  }
}
