/// How many weights of a model are exactly zero.
public struct SparsityRecord: Sendable, Codable, Equatable {
  /// The zeros of one parameter.
  public struct Layer: Sendable, Codable, Equatable {
    /// The parameter's dotted path: `0.weight`.
    public var name: String
    /// Its weights.
    public var weights: Int
    /// How many of them are exactly zero.
    public var zeros: Int

    /// The zeros of one parameter.
    public init(name: String, weights: Int, zeros: Int) {
      self.name = name
      self.weights = weights
      self.zeros = zeros
    }

    /// The share of zeros.
    public var share: Double { weights > 0 ? Double(zeros) / Double(weights) : 0 }
  }

  /// Every parameter that is counted, in the model's order.
  public var layers: [Layer]

  /// The zeros of the parameters given.
  public init(layers: [Layer]) { self.layers = layers }

  /// The share of zeros among all weights that are counted.
  public var share: Double {
    let weights = layers.reduce(0) { $0 + $1.weights }
    return weights > 0 ? Double(layers.reduce(0) { $0 + $1.zeros }) / Double(weights) : 0
  }
}
