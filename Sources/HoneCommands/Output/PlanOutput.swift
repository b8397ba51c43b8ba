import HoneRecords

/// The JSON of `hone train --plan`.
struct PlanOutput: Encodable {
  let layers: [Layer]
  let inputShape: [Int]
  let parameters: Int
  let trainableParameters: Int
  @OrNull var flops: Int?
  let optimizer: String
  let epochs: Int
  let stepsPerEpoch: Int
  let steps: Int
  let batchSize: Int
  let schedule: [PlanRecord.Rate]
  let secondsPerStep: Double
  let seconds: Double
  let memory: Memory
  let device: String
  let precision: String
  let threads: Int

  struct Layer: Encodable {
    let path: String
    let kind: String
    @OrNull var outputShape: [Int]?
    let parameters: Int
    @OrNull var flops: Int?
    @OrNull var standardDeviation: Double?
    @OrNull var outputStandardDeviation: Double?
  }

  struct Memory: Encodable {
    let parameters: Int
    let gradients: Int
    let optimizer: Int
    let total: Int
    @OrNull var peak: Int?
  }

  init(_ plan: PlanRecord) {
    layers = plan.layers.map {
      Layer(
        path: $0.path, kind: $0.kind, outputShape: $0.outputShape,
        parameters: $0.parameters, flops: $0.flops,
        standardDeviation: $0.standardDeviation,
        outputStandardDeviation: $0.outputStandardDeviation)
    }
    inputShape = plan.inputShape
    parameters = plan.parameters
    trainableParameters = plan.trainableParameters
    _flops = OrNull(wrappedValue: plan.flops)
    optimizer = plan.optimizer
    epochs = plan.epochs
    stepsPerEpoch = plan.stepsPerEpoch
    steps = plan.steps
    batchSize = plan.batchSize
    schedule = plan.schedule
    secondsPerStep = plan.secondsPerStep
    seconds = plan.seconds
    memory = Memory(
      parameters: plan.memory.parameters, gradients: plan.memory.gradients,
      optimizer: plan.memory.optimizer, total: plan.memory.total, peak: plan.memory.peak)
    device = plan.device
    precision = plan.precision
    threads = plan.threads
  }
}
