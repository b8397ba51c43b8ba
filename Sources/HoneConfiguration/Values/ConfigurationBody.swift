/// A configuration without its source, in the types' own coding.
struct ConfigurationBody: Codable {
  var data: DataConfiguration
  var augment: [AugmentationSpecification]
  var model: ModelConfiguration
  var loss: LossConfiguration
  var regularization: RegularizationConfiguration
  var optimizer: OptimizerConfiguration
  var schedule: ScheduleConfiguration
  var training: TrainingConfiguration

  init(_ configuration: Configuration) {
    data = configuration.data
    augment = configuration.augment
    model = configuration.model
    loss = configuration.loss
    regularization = configuration.regularization
    optimizer = configuration.optimizer
    schedule = configuration.schedule
    training = configuration.training
  }

  func configuration(source: ConfigurationSource) -> Configuration {
    var result = Configuration()
    result.data = data
    result.augment = augment
    result.model = model
    result.loss = loss
    result.regularization = regularization
    result.optimizer = optimizer
    result.schedule = schedule
    result.training = training
    result.source = source
    return result
  }
}
