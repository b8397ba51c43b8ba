public import HoneNumerics

/// Why a stored state does not fit an optimiser or an average.
public enum OptimizerStateError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The state was written by another kind of optimiser.
  case kind(found: String, expected: String)
  /// A number or an array that the optimiser needs is not there.
  case missing(name: String)
  /// An array that the optimiser has no use for.
  case unexpected(name: String)
  /// An array of another shape or element type than its parameter.
  case shape(
    name: String, found: [Int], foundType: DType, expected: [Int], expectedType: DType)

  /// What came, what was expected, what to do.
  public var description: String {
    switch self {
    case .kind(let found, let expected):
      "The stored state is one of \(found), but \(expected) was expected. Resume with the settings "
        + "that the run was started with."
    case .missing(let name):
      "The stored state lacks '\(name)'. Resume with the model and settings that the run was "
        + "started with."
    case .unexpected(let name):
      "The stored state holds '\(name)', which belongs to no parameter. Resume with the model that "
        + "the run was started with."
    case .shape(let name, let found, let foundType, let expected, let expectedType):
      "'\(name)' of the stored state is \(foundType) of shape \(found), but the parameter needs "
        + "\(expectedType) of shape \(expected). Resume with the model that the run was started with."
    }
  }
}
