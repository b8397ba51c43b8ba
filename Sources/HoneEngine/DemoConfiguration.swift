import HoneConfiguration

extension Configuration {
  /// What `hone demo` starts from: a plain network as a first attempt would be.
  static var demo: Configuration {
    var configuration = Configuration()
    configuration.data.source = "digits"
    configuration.data.batchSize = 64
    configuration.model.architecture = .mlp(widths: [64])
    configuration.training.epochs = 15
    return configuration
  }

  /// Seconds that the demo may take.
  static let demoBudget = 100.0
}
