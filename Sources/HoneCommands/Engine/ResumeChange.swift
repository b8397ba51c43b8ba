public import ArgumentParser

/// What may no longer be as a run had it when it is to be resumed.
public enum ResumeChange: String, Sendable, CaseIterable, ExpressibleByArgument {
  /// A setting.
  case configuration
  /// The data set.
  case data
  /// libtorch's version.
  case libtorch
  /// Hone's version.
  case hone
  /// The vector instructions of the processor.
  case processor
  /// The device or the precision on it.
  case device
  /// The file of pretrained weights.
  case pretrained
}
