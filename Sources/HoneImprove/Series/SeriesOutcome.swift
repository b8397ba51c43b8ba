public import HoneRecords

/// What a series of experiments came to.
public struct SeriesOutcome: Sendable {
  /// What was found in the unchanged recipe.
  public var diagnosis: DiagnosisRecord
  /// How the experiments were laid out, with the seconds they took.
  public var design: ExperimentDesign
  /// The changes that are proven; empty where nothing is.
  public var change: RecipeChange = [:]
  /// The remedies that they came from.
  public var kept: [Remedy] = []
  /// The proofs, in order.
  public var records: [ExperimentRecord] = []
  /// The race.
  public var screened: [ScreeningRecord] = []
  /// What the remedies are held against.
  public var controls: [ExperimentRecord] = []
  /// Each kept change left out.
  public var ablation: [ExperimentRecord] = []
  /// What only a person can do.
  public var actions: [Remedy] = []
  /// The unchanged recipe's metric on the proving samples; nil where there was no time for it.
  public var baselineMetric: Double?
  /// The proven recipe's.
  public var metric: Double?
  /// The gain of all that is kept over the unchanged recipe, with its 95 % interval.
  public var gain: ImprovementRecord.Gain?

  init(diagnosis: DiagnosisRecord, design: ExperimentDesign) {
    self.diagnosis = diagnosis
    self.design = design
  }
}
