/// What every layer with weights did in one sampled step.
public struct LayerSample: Sendable, Codable, Equatable {
  /// The number of the step, from 1.
  public var step: Int
  /// The epoch of the step, from 1.
  public var epoch: Int
  /// The sum over all weights of update times gradient: below zero where the step goes downhill.
  public var descent: Double?
  /// One record for each layer with weights, in the order of the forward pass.
  public var layers: [LayerState]

  /// A sample of the values given.
  public init(step: Int, epoch: Int, descent: Double? = nil, layers: [LayerState]) {
    self.step = step
    self.epoch = epoch
    self.descent = descent
    self.layers = layers
  }
}

/// The numbers of one layer in one step; a number that is not finite is absent.
public struct LayerState: Sendable, Codable, Equatable {
  /// The layer's path in the model.
  public var path: String
  /// The root mean square of its weights.
  public var weight: Double?
  /// The root mean square of its weights' gradients; nil where no gradient arrived.
  public var gradient: Double?
  /// The root mean square of the change of its weights.
  public var update: Double?
  /// The root mean square of its outputs, before any activation.
  public var output: Double?
  /// The standard deviation of its outputs from sample to sample, root mean square over units.
  public var outputSpread: Double?
  /// The standard deviation of its activations from sample to sample, root mean square over units.
  public var activationSpread: Double?
  /// The share of activations that are exactly zero.
  public var zeroShare: Double?
  /// The share of activations in the flat part of the function.
  public var saturatedShare: Double?
  /// The share of units whose activation is zero for every sample of the batch.
  public var deadShare: Double?
  /// Whether all its outputs and gradients are finite.
  public var isFinite: Bool

  /// A state of which only the path is known.
  public init(path: String, isFinite: Bool = true) {
    self.path = path
    self.isFinite = isFinite
  }
}

/// What is known of a layer with weights before the first step.
public struct LayerFact: Sendable, Codable, Equatable {
  /// The layer's path in the model.
  public var path: String
  /// Its type, such as `Linear`.
  public var kind: String
  /// What acts on its output before the next layer with weights, in order: `batchNorm`, `relu`.
  public var followers: [String]
  /// The numbers that come into one unit.
  public var inputs: Int
  /// The number of units or channels.
  public var units: Int
  /// The root mean square of its weights.
  public var weight: Double
  /// The share of units whose weights equal those of another unit.
  public var duplicateShare: Double
  /// Whether training may change the weights.
  public var isTrainable: Bool

  /// A fact of the values given.
  public init(
    path: String, kind: String, followers: [String], inputs: Int, units: Int, weight: Double,
    duplicateShare: Double = 0, isTrainable: Bool = true
  ) {
    self.path = path
    self.kind = kind
    self.followers = followers
    self.inputs = inputs
    self.units = units
    self.weight = weight
    self.duplicateShare = duplicateShare
    self.isTrainable = isTrainable
  }
}
