extension TrainingConfiguration {
  /// What lies between two checkpoints; the first of several limits that is reached counts.
  public struct CheckpointInterval: Sendable, Equatable {
    /// Optimiser steps.
    public var steps: Int?
    /// Seconds of training.
    public var seconds: Double?
    /// Epochs.
    public var epochs: Int?

    /// An interval; without any limit checkpoints are as frequent as they cost little.
    public init(steps: Int? = nil, seconds: Double? = nil, epochs: Int? = nil) {
      self.steps = steps
      self.seconds = seconds
      self.epochs = epochs
    }
  }
}

extension TrainingConfiguration.CheckpointInterval: Codable {
  private enum CodingKeys: CodingKey { case steps, seconds, epochs }

  /// Reads a number, of epochs, or a map.
  public init(from decoder: any Decoder) throws {
    if let epochs = try? decoder.singleValueContainer().decode(Int.self) {
      self.init(epochs: epochs)
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      steps: try container.decodeIfPresent(Int.self, forKey: .steps),
      seconds: try container.decodeIfPresent(Double.self, forKey: .seconds),
      epochs: try container.decodeIfPresent(Int.self, forKey: .epochs))
  }
}
