public import HoneNumerics
public import HoneTensor

extension Layer where Input == Tensor, Output == Tensor {
  /// The parameters and the arithmetic of one sample, layer by layer, without computing anything.
  ///
  /// Counted in evaluation mode: heads that only training uses have parameters and no arithmetic.
  /// - Parameters:
  ///   - shape: a sample's extents without the batch, as in `[3, 224, 224]`.
  ///   - dtype: the sample's element type; `int64` for models that take indices.
  /// - Throws: `TorchError` with the sentence of the first layer that the shape does not fit.
  /// - Precondition: the model was made with `device: .meta`.
  public func cost(ofSample shape: [Int], dtype: DType = .float32) throws -> ModelCost {
    var output: [Int] = []
    let trace = try CostTrace.recording { output = try outputShape(for: [1] + shape, dtype: dtype) }
    var seen: Set<ObjectIdentifier> = []
    var layers: [ModelCost.LayerCost] = []
    for (path, module) in namedModules {
      let own = module.children.compactMap { child -> Parameter? in
        guard case .parameter(let parameter) = child.content else { return nil }
        return seen.insert(ObjectIdentifier(parameter)).inserted ? parameter : nil
      }
      let entry = trace.entries[ObjectIdentifier(module)]
      if own.isEmpty && entry == nil { continue }
      layers.append(
        .init(
          path: path, kind: ModuleWalker.typeName(of: module),
          outputShape: entry.map { Array($0.outputShape.dropFirst()) },
          parameters: own.reduce(0) { $0 + $1.value.count },
          multiplyAdds: entry?.multiplyAdds ?? 0))
    }
    return ModelCost(inputShape: shape, outputShape: Array(output.dropFirst()), layers: layers)
  }
}
