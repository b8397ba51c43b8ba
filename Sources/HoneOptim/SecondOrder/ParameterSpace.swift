import HoneTensor

/// Parameters as one long vector, in their order.
struct ParameterSpace {
  let parameters: [Parameter]
  /// The number of elements of each parameter.
  private let counts: [Int]
  let dtype: DType
  let device: Device

  /// - Precondition: there is a parameter, and all are of one element type on one device.
  init(_ parameters: [Parameter]) {
    guard let first = parameters.first else {
      fatalError("Minimization received no parameters; pass those that it shall change.")
    }
    dtype = first.value.dtype
    device = first.value.device
    for parameter in parameters {
      guard parameter.value.dtype == dtype, parameter.value.device == device else {
        fatalError(
          "Minimization received parameters of \(dtype) on \(device) and of "
            + "\(parameter.value.dtype) on \(parameter.value.device); all must be alike.")
      }
    }
    self.parameters = parameters
    counts = parameters.map(\.value.count)
  }

  /// The number of elements of the vector.
  var dimension: Int { counts.reduce(0, +) }

  /// The present values, copied.
  var vector: Tensor { joined(parameters.map { $0.value.detached() }) }

  /// The gradients that lie on the parameters; zeros where there is none.
  var gradient: Tensor {
    joined(parameters.map { $0.gradient ?? $0.value.detached().zerosLike() })
  }

  /// Tensors of the parameters' shapes as one vector.
  func joined(_ tensors: [Tensor]) -> Tensor {
    withoutGradients { Tensor.concatenated(tensors.map { $0.detached().reshaped([-1]) }) }
  }

  /// A vector as tensors of the parameters' shapes.
  func split(_ vector: Tensor) -> [Tensor] {
    withoutGradients {
      zip(ATen.split_with_sizes(vector, split_sizes: counts), parameters).map {
        $0.reshaped($1.shape)
      }
    }
  }

  /// Writes a vector into the parameters, in place.
  func assign(_ vector: Tensor) {
    for (parameter, value) in zip(parameters, split(vector)) { parameter.assign(value) }
  }

  /// A vector of zeros.
  var zeros: Tensor { Tensor.zeros([dimension], dtype: dtype, device: device) }
}

extension Tensor {
  /// The inner product of two vectors.
  ///
  /// Waits for the device.
  func inner(_ other: Tensor) -> Double {
    withoutGradients { ATen.dot(self, tensor: other).item() }
  }

  /// The vector plus a multiple of another.
  func adding(_ other: Tensor, times factor: Double) -> Tensor {
    withoutGradients { ATen.add_Tensor(self, other: other, alpha: Scalar(factor)) }
  }

  /// The vector times a number.
  func scaled(by factor: Double) -> Tensor { withoutGradients { self * Scalar(factor) } }

  /// The largest absolute element; not a number where one is.
  var largestMagnitude: Double { withoutGradients { absolute().maximum().item() } }

  /// The sum of absolute elements.
  var magnitudeSum: Double { withoutGradients { absolute().sum().item() } }

  /// The Euclidean length.
  var length: Double { withoutGradients { norm().item() } }
}
