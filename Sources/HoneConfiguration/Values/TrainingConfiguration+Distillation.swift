extension TrainingConfiguration {
  /// Runs whose answers a model learns besides the labels (Hinton, Vinyals and Dean 2015,
  /// arXiv 1503.02531).
  public struct Distillation: Sendable, Equatable, Codable {
    /// The runs, as `hone evaluate` takes them: an id, a name, `RUN@EPOCH`.
    public var teachers: [String]
    /// What logits are divided by.
    public var temperature = 4.0
    /// The share of the teachers in the loss.
    public var mixing = 0.7

    /// Teachers of equal shares.
    public init(teachers: [String]) { self.teachers = teachers }
  }
}
