/// The curvature of a model's loss: what is known of its Hessian.
public struct CurvatureRecord: Sendable, Codable, Equatable {
  /// Samples that the loss is the mean of.
  public var samples: Int
  /// The largest eigenvalues, in descending order.
  ///
  /// Gradient descent of rate η is stable along an eigenvector only where its eigenvalue is below 2 / η.
  public var largest: [Eigenvalue]
  /// The smallest eigenvalue; below zero the weights are no minimum.
  public var smallest: Eigenvalue
  /// The sum of all eigenvalues, estimated.
  public var trace: Double
  /// The standard error of the trace.
  public var traceError: Double
  /// Each layer's largest eigenvalue, of the Hessian of its weights alone.
  public var layers: [Layer]
  /// Whether products with the Hessian came from second derivatives; false where differences of
  /// gradients stood in.
  public var isExact: Bool

  /// An eigenvalue and how far it may be from one of the Hessian.
  public struct Eigenvalue: Sendable, Codable, Equatable {
    /// The eigenvalue.
    public var value: Double
    /// A bound of its error.
    public var error: Double

    /// An eigenvalue.
    public init(value: Double, error: Double) {
      self.value = value
      self.error = error
    }
  }

  /// The curvature of one layer.
  public struct Layer: Sendable, Codable, Equatable {
    /// The dotted path within the model.
    public var path: String
    /// The weights of the layer.
    public var parameters: Int
    /// Its largest eigenvalue.
    public var largest: Eigenvalue

    /// A layer's curvature.
    public init(path: String, parameters: Int, largest: Eigenvalue) {
      self.path = path
      self.parameters = parameters
      self.largest = largest
    }
  }

  /// A curvature of the given parts.
  public init(
    samples: Int, largest: [Eigenvalue], smallest: Eigenvalue, trace: Double, traceError: Double,
    layers: [Layer], isExact: Bool
  ) {
    self.samples = samples
    self.largest = largest
    self.smallest = smallest
    self.trace = trace
    self.traceError = traceError
    self.layers = layers
    self.isExact = isExact
  }
}
