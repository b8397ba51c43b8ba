public import HoneRecords

/// A moment of an improvement, as those who watch it see it.
public enum ImprovementEvent: Sendable {
  /// The baseline is trained; its own training events follow.
  case baselineBegan
  /// What the baseline's training says.
  case baseline(TrainingEvent)
  /// The baseline's diagnosis, and the remedies that will be tried.
  case diagnosed(DiagnosisRecord, remedies: [Remedy])
  /// Experiments train on so many samples because the whole set would not fit the budget.
  case reduced(samples: Int, of: Int)
  /// An experiment begins: the how-manieth of how many.
  case experimentBegan(Remedy, number: Int, of: Int)
  /// One run of an experiment ended: how many of how many, with its metric.
  case armEnded(number: Int, of: Int, metric: Double)
  /// An experiment ended.
  case experimentEnded(ExperimentRecord)
  /// The remaining experiments are left out because the budget is spent.
  case budgetSpent(remaining: Int)
  /// The final configuration is trained; its own training events follow.
  case finalBegan
  /// What the final run's training says.
  case final(TrainingEvent)
}
