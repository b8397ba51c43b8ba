public import HoneData
public import HoneNN
public import HoneNumerics
import HoneOptim
public import HoneRecords
public import HoneTensor

extension Evaluator {
  /// How exactly eigenvalues are wanted, relative to the largest.
  private static let tolerance = 1e-3

  /// The curvature of the mean loss of all samples of a loader at the model's present weights, in
  /// evaluation mode and without augmentation or penalties.
  ///
  /// For other questions make a `Curvature` yourself: it also gives products with the Hessian,
  /// eigenvectors and the density of eigenvalues, of all weights or of any part:
  ///
  /// ```swift
  /// let layer = model.namedModules.first { $0.name == "layers.0" }!.module
  /// let curvature = Curvature(of: layer.parameters) { loss(model(inputs), targets) }
  /// let sharpness = curvature.eigenvalues(largest: 1, using: &stream)[0].value
  /// ```
  ///
  /// All batches stay in host memory. Costs some dozens of passes over them for the whole model and for
  /// each layer.
  /// - Parameters:
  ///   - model: the model; its weights and modes are as before afterwards.
  ///   - loader: the samples.
  ///   - eigenvalues: how many of the largest are wanted.
  ///   - products: Hessian products at most for each search of eigenvalues, and for the trace.
  ///   - stream: where random vectors come from.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  public func curvature(
    of model: any Layer<Tensor, Tensor>, on loader: DataLoader, eigenvalues: Int = 3,
    products: Int = 60, using stream: inout RandomStream
  ) throws -> CurvatureRecord {
    let loader = try loader.inOrder()
    let batches = try Self.batches(of: loader)
    var random = stream
    defer { stream = random }
    return try model.evaluating {
      try catchingTorchErrors {
        let objective = objective(of: model, batches)
        let all = model.parameters.filter(\.isTrainable)
        let whole = Curvature(of: all, objective)
        let largest = whole.eigenvalues(
          largest: eigenvalues, products: products, tolerance: Self.tolerance, using: &random)
        let smallest = whole.eigenvalues(
          smallest: 1, products: products, tolerance: Self.tolerance, using: &random)
        let trace = whole.trace(samples: products, using: &random)
        let layers = layers(of: model, objective, products, &random)
        return CurvatureRecord(
          samples: loader.indices.count, largest: largest.map(\.record),
          smallest: smallest[0].record, trace: trace.value, traceError: trace.standardError,
          layers: layers, isExact: whole.isExact)
      }
    }
  }

  static func batches(of loader: DataLoader) throws -> [HostBatch] {
    let source = loader.epoch(0)
    defer { source.close() }
    var result: [HostBatch] = []
    while let batch = try source.next() { result.append(batch) }
    return result
  }

  /// The mean loss, a term for each batch.
  private func objective(
    of model: any Layer<Tensor, Tensor>, _ batches: [HostBatch]
  ) -> StepObjective {
    let total = batches.reduce(0) { $0 + $1.count }
    return StepObjective(terms: batches.count) { index in
      let batch = batches[index]
      let target = Tensor(batch.targets).to(device)
      let share = Double(batch.count) / Double(total)
      return loss(forward(batch, model.callAsFunction), target) * Scalar(share)
    }
  }

  private func layers(
    of model: any Layer<Tensor, Tensor>, _ objective: StepObjective, _ products: Int,
    _ stream: inout RandomStream
  ) -> [CurvatureRecord.Layer] {
    model.namedModules.compactMap { path, module in
      let own = module.children.compactMap { child -> Parameter? in
        guard case .parameter(let parameter) = child.content, parameter.isTrainable else {
          return nil
        }
        return parameter
      }
      guard !own.isEmpty else { return nil }
      let found = Curvature(of: own, objective).eigenvalues(
        largest: 1, products: products, tolerance: Self.tolerance, using: &stream)
      return CurvatureRecord.Layer(
        path: path, parameters: own.reduce(0) { $0 + $1.value.count }, largest: found[0].record)
    }
  }
}

extension Curvature.Eigenpair {
  fileprivate var record: CurvatureRecord.Eigenvalue {
    CurvatureRecord.Eigenvalue(value: value, error: error)
  }
}
