/// Everything that decides a run but the data themselves: what a configuration file says, with
/// every default filled in.
///
/// The defaults stand in the declarations of these types and nowhere else: the parser, the JSON
/// schema for editors and the commented starting file take them from here.
///
/// ```swift
/// var configuration = Configuration()
/// configuration.model.architecture = .mlp(widths: [256, 128])
/// configuration.training.epochs = 50
/// ```
///
/// Coding writes and reads the form of a configuration file; decoding validates.
public struct Configuration: Sendable, Equatable {
  /// Where samples come from and how they are split, scaled and batched.
  public var data = DataConfiguration()
  /// Changes made to training samples at random, in order.
  public var augment: [AugmentationSpecification] = []
  /// The model.
  public var model = ModelConfiguration()
  /// What training minimises.
  public var loss: LossConfiguration = .auto
  /// Penalties on the weights.
  public var regularization = RegularizationConfiguration()
  /// How weights are updated.
  public var optimizer = OptimizerConfiguration()
  /// How the learning rate changes.
  public var schedule = ScheduleConfiguration()
  /// Length, precision, stopping and seeds.
  public var training = TrainingConfiguration()
  /// Where each key was written, for messages; it takes no part in comparison and coding.
  public var source = ConfigurationSource()

  /// The configuration in which nothing was set.
  public init() {}
}
