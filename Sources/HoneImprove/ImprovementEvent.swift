public import HoneRecords

/// A moment of an improvement, as those who watch it see it.
public enum ImprovementEvent: Sendable {
  /// The baseline is trained; its own training events follow.
  case baselineBegan
  /// What the baseline's training says.
  case baseline(TrainingEvent)
  /// The baseline used up its part of the budget; experiments train as many epochs as it reached.
  case baselineCut(epochs: Int, of: Int)
  /// The baseline's diagnosis, and the remedies that will be raced.
  case diagnosed(DiagnosisRecord, remedies: [Remedy])
  /// How the experiments are laid out.
  case planned(ExperimentDesign)
  /// Experiments train on so many samples because the whole set would not fit the budget.
  case reduced(samples: Int, of: Int)
  /// A race of remedies begins.
  case raceBegan(round: Int, remedies: Int)
  /// A proof begins: the how-manieth of how many.
  case experimentBegan(Remedy, number: Int, of: Int)
  /// One seed of an experiment ended: how many of how many, with its metric.
  case armEnded(name: String, number: Int, of: Int, metric: Double)
  /// A proof ended.
  case experimentEnded(ExperimentRecord)
  /// What the remedies are held against ended.
  case controlEnded(ExperimentRecord)
  /// A kept change was left out.
  case ablated(ExperimentRecord)
  /// The remaining remedies are left out because the budget is spent.
  case budgetSpent(remaining: Int)
  /// The final configuration is trained; its own training events follow.
  case finalBegan
  /// What the final run's training says.
  case final(TrainingEvent)
  /// The budget ended before the final model was as good on validation as the baseline, which is handed
  /// back.
  case finalAbandoned
}
