import HoneConfiguration
import HoneData
import HoneNN
import HoneNumerics
import HoneOptim
public import HoneRecords
import HoneTensor
import HoneTrain

extension AssembledRun {
  /// Samples whose activations are measured: enough for two digits.
  private static let outlookSamples = 32

  /// What the run will be: layers, learning rates, time and memory, found without training it.
  ///
  /// A few steps are measured without lasting effect.
  /// - Parameters:
  ///   - steps: measured steps.
  ///   - points: the most learning rates to give.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  public func outlook(measuring steps: Int = 5, points: Int = 1000) throws -> PlanRecord {
    let activations = try activationDeviations
    let forecast = try Forecast(of: plan, steps: steps)
    let cost = modelCost
    return PlanRecord(
      layers: layers(cost, activations), inputShape: preprocessor.outputShape,
      parameters: plan.model.parameters.reduce(0) { $0 + $1.value.count },
      trainableParameters: plan.model.parameterCount, flops: cost?.flops,
      optimizer: plan.optimizer.state.kind, schedule: plan.learningRates(limit: points),
      epochs: plan.epochs, stepsPerEpoch: plan.stepsPerEpoch,
      batchSize: plan.training.options.batchSize, secondsPerStep: forecast.secondsPerStep,
      seconds: forecast.seconds(of: plan), memory: forecast.memory, device: record.device,
      precision: record.precision, threads: plan.threads)
  }

  /// The cost of the same model without memory; nil for models whose cost cannot be counted.
  private var modelCost: ModelCost? {
    guard let configuration = try? Configuration(text: record.configuration) else { return nil }
    let dataset = plan.training.dataset
    let assembler = ModelAssembler(
      configuration: configuration, inputShape: preprocessor.outputShape,
      outputs: configuration.modelOutputs(task: dataset.task, classes: dataset.classes.count),
      device: .meta, cardinalities: preprocessor.cardinalities,
      vocabulary: preprocessor.tokenizer?.vocabulary.count)
    var stream = RandomStream(seed: 0, "cost")
    return try? catchingTorchErrors {
      try assembler.model(using: &stream).cost(ofSample: preprocessor.outputShape)
    }
  }

  private func layers(
    _ cost: ModelCost?, _ activations: [String: Double]
  ) -> [PlanRecord.Layer] {
    let deviations = initialDeviations
    if let cost {
      return cost.layers.map { layer in
        PlanRecord.Layer(
          path: layer.path, kind: layer.kind, outputShape: layer.outputShape,
          parameters: layer.parameters, flops: layer.flops,
          standardDeviation: deviations[layer.path],
          outputStandardDeviation: activations[layer.path])
      }
    }
    return plan.model.namedModules.compactMap { path, module in
      let own = module.children.reduce(0) { count, child in
        if case .parameter(let parameter) = child.content {
          count + parameter.value.count
        } else {
          count
        }
      }
      guard own > 0 else { return nil }
      return PlanRecord.Layer(
        path: path, kind: "\(type(of: module))", outputShape: nil, parameters: own, flops: nil,
        standardDeviation: deviations[path], outputStandardDeviation: activations[path])
    }
  }

  /// The standard deviation of what each linear layer and convolution makes of a training batch, by its
  /// path.
  private var activationDeviations: [String: Double] {
    get throws {
      let samples = Array(plan.training.indices.prefix(Self.outlookSamples))
      let batch = try plan.training.batch(of: samples)
      let spread = try plan.model.initialSpread(on: Tensor(batch.inputs).to(plan.device))
      let finite = spread.outputs.filter { $0.standardDeviation.isFinite }
      return Dictionary(
        finite.map { ($0.name, $0.standardDeviation) }, uniquingKeysWith: { first, _ in first })
    }
  }

  /// The standard deviation of each module's first weight of two dimensions or more, by its path.
  private var initialDeviations: [String: Double] {
    var result: [String: Double] = [:]
    withoutGradients {
      for (name, parameter) in plan.model.namedParameters
      where parameter.shape.count > 1 && parameter.value.count > 1 {
        let path = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? ""
        guard result[path] == nil else { continue }
        let deviation = parameter.value.detached().standardDeviation().item()
        if deviation.isFinite { result[path] = deviation }
      }
    }
    return result
  }
}
