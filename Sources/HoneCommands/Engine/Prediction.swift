/// A model's answer to one input.
public struct Prediction: Sendable, Equatable {
  /// The input as the user named it.
  public var input: String
  /// Classes and their probabilities, most probable first; empty for regression.
  public var classes: [Candidate]
  /// The predicted value; nil for classification.
  public var value: Double?

  /// A class and its probability.
  public struct Candidate: Sendable, Equatable {
    /// The class.
    public var name: String
    /// Its probability.
    public var probability: Double

    /// A candidate.
    public init(name: String, probability: Double) {
      self.name = name
      self.probability = probability
    }
  }

  /// An answer.
  public init(input: String, classes: [Candidate] = [], value: Double? = nil) {
    self.input = input
    self.classes = classes
    self.value = value
  }
}
