public import HoneTensor

/// How large a model's first values are, and what they make of a batch: too small and the signal dies
/// out from layer to layer, too large and it explodes.
public struct InitialSpread: Sendable, Hashable, Codable {
  /// The numbers of one parameter.
  public struct ParameterSpread: Sendable, Hashable, Codable {
    /// The dotted path.
    public let name: String
    /// The extents.
    public let shape: [Int]
    /// The mean.
    public let mean: Double
    /// The standard deviation, with the count as its divisor.
    public let standardDeviation: Double
    /// How many numbers are exactly zero.
    public let zeros: Int
  }

  /// The outputs of one linear layer or convolution over a batch.
  public struct OutputSpread: Sendable, Hashable, Codable {
    /// The layer's dotted path; empty for the model itself.
    public let name: String
    /// The output's extents with the batch.
    public let shape: [Int]
    /// The mean.
    public let mean: Double
    /// The standard deviation, with the count as its divisor.
    public let standardDeviation: Double
  }

  /// Every parameter, in the order of declaration.
  public let parameters: [ParameterSpread]
  /// The layers that a batch ran through, in their order; empty where no batch was given.
  public let outputs: [OutputSpread]
}

extension Module {
  /// The mean and standard deviation of each parameter.
  ///
  /// Waits for the device.
  public var parameterSpreads: [InitialSpread.ParameterSpread] {
    withoutGradients {
      namedParameters.map { name, parameter in
        let values = parameter.value.detached().cast(to: .float64)
        return InitialSpread.ParameterSpread(
          name: name, shape: parameter.shape, mean: values.mean().item(),
          standardDeviation: values.variance(correction: 0).squareRoot().item(),
          zeros: values.count - Int(ATen.count_nonzero(values).item()))
      }
    }
  }
}

extension Layer where Input == Tensor, Output == Tensor {
  /// The size of each parameter and, over a batch, of what each linear layer and convolution gives.
  ///
  /// Batch normalization uses the batch's statistics, dropout does nothing; the model is as before
  /// afterwards. Waits for the device.
  /// - Parameter batch: inputs as in training, on the model's device; nil leaves the outputs out.
  /// - Throws: `TorchError` where the batch does not fit the model.
  public func initialSpread(on batch: Tensor? = nil) throws -> InitialSpread {
    guard let batch else { return InitialSpread(parameters: parameterSpreads, outputs: []) }
    let outputs = try watchingOutputs { watch in
      try catchingTorchErrors { _ = self(batch) }
      return watch.order.map { name, layer in
        let output = (watch.output(of: layer) ?? .poisoned).cast(to: .float64)
        return InitialSpread.OutputSpread(
          name: name, shape: output.shape, mean: output.mean().item(),
          standardDeviation: output.variance(correction: 0).squareRoot().item())
      }
    }
    return InitialSpread(parameters: parameterSpreads, outputs: outputs)
  }
}
