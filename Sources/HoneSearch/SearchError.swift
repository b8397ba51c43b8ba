public import HoneText

/// A search that cannot be done as it was asked for.
public enum SearchError: ReportableError, Equatable {
  /// There is no parameter to search.
  case emptySpace
  /// Two parameters have the same name.
  case duplicateParameter(String)
  /// The lower bound is above the upper, or one of them is not finite.
  case emptyRange(parameter: String, low: String, high: String)
  /// A log scale reaches down to zero or below.
  case logOverZero(parameter: String, low: String)
  /// A logit scale leaves the open interval 0 to 1.
  case logitOutside(parameter: String, low: String, high: String)
  /// A step that is not positive or wider than the range.
  case invalidStep(parameter: String, step: String)
  /// A choice without values.
  case noChoices(parameter: String)
  /// A choice that names a value twice.
  case duplicateChoice(parameter: String, value: String)
  /// A choice that mixes texts, numbers and truth values.
  case mixedChoices(parameter: String, values: [String])
  /// A condition on a parameter that is not there; `nearest` may be meant.
  case unknownCondition(parameter: String, condition: String, nearest: String?)
  /// A condition on a value that the other parameter never has.
  case impossibleCondition(parameter: String, condition: String, value: String)
  /// Conditions that wait for each other.
  case circularCondition(parameter: String)
  /// A description that says no space.
  case invalidSpecification(path: String, reason: String)
  /// A change of a running study's space that its trials do not allow.
  case incompatibleChange(parameter: String)
  /// A point for a parameter that is not there.
  case unknownParameter(String, nearest: String?)
  /// A value that the parameter cannot take.
  case invalidValue(parameter: String, value: String)
  /// A sampler that cannot search such a space or objective.
  case unsuitableSampler(sampler: String, reason: Localized)
  /// A pruner that cannot work as it was set.
  case invalidPruner(Localized)
  /// A budget that lets nothing run, or bounds nothing.
  case invalidBudget
  /// The trial gave a number of values other than the study's objectives.
  case wrongValueCount(trial: Int, expected: Int, got: Int)
  /// The trial is no longer this worker's: it has finished or was given to another.
  case notRunning(trial: Int)
  /// Too few completed trials for what was asked.
  case tooFewTrials(needed: Int, found: Int)
  /// What was asked is for studies of one objective.
  case severalObjectives
  /// A stored study that this version cannot read.
  case newerStudy(version: Int)
  /// A stored study whose suggestion comes out differently.
  case notReproduced(trial: Int)

  /// The exit status of a command that ends with this error.
  public var exitStatus: ExitStatus {
    switch self {
    case .wrongValueCount, .notRunning, .notReproduced: .unsuccessful
    case .tooFewTrials, .severalObjectives, .newerStudy: .badData
    default: .configuration
    }
  }
}
