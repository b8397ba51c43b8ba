import HoneAssembly
import HoneCommands
import HoneData
import HoneNumerics
import HoneRecords
import HoneTrain

extension VerbSetting {
  /// What the models of a run, or of all folds of a cross-validation, say of samples that they were
  /// not trained on; the mean where several models judged a sample.
  /// - Parameters:
  ///   - reference: a run, one of a cross-validation's runs, or the cross-validation's own id.
  ///   - data: the data that are checked, which must be the run's.
  /// - Throws: `EngineError.splitLost` where the data are not the run's, and what store and model
  ///   files refuse.
  func outOfSample(of reference: String, _ data: Dataset) throws -> OutOfSamplePredictions {
    guard data.task != .regression else { return OutOfSamplePredictions() }
    var sums: [Int: (row: [Double], count: Double)] = [:]
    for run in try runs(of: reference) {
      let (_, stored) = try storedModel(run)
      let record = stored.file.run
      guard data.fingerprint == record.dataFingerprint else {
        throw EngineError.splitLost(run: record.id, source: record.dataSource)
      }
      let split = try stored.configuration.split(data, seed: record.seed)
      let result = try stored.evaluate(data, indices: (split.validation + split.test).sorted())
      for (place, sample) in result.indices.enumerated() {
        let row = result.probabilities(of: place).map { Double($0) }
        let known = sums[sample] ?? ([Double](repeating: 0, count: row.count), 0)
        sums[sample] = (zip(known.row, row).map { $0 + $1 }, known.count + 1)
      }
    }
    let samples = sums.keys.sorted()
    return OutOfSamplePredictions(
      samples: samples,
      probabilities: samples.map { sample in
        guard let sum = sums[sample] else { return [] }
        return sum.row.map { $0 / sum.count }
      })
  }

  /// What the first of those models makes of validation and test samples of its own split.
  /// - Throws: as `outOfSample(of:_:)`.
  func modelView(of reference: String, _ data: Dataset) throws -> ModelView? {
    guard let first = try runs(of: reference).first else { return nil }
    let (_, stored) = try storedModel(first)
    let split = try stored.configuration.split(data, seed: stored.file.run.seed)
    let parts = [split.validation, split.test].map { Array($0.prefix(Self.mostViewed)) }
    let indices = parts.flatMap { $0 }
    guard parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    let result = try stored.evaluate(data, indices: indices)
    var view = ModelView(validation: parts[0], test: parts[1], outputs: [:])
    for (place, sample) in result.indices.enumerated() {
      view.outputs[sample] =
        data.task == .regression
        ? [Double(result.outputs[place * result.width])]
        : result.probabilities(of: place).map { Double($0) }
    }
    let extractor = FeatureExtractor(stored)
    guard extractor.hasFeatures else { return view }
    let file = try extractor.extract(.features, of: data, indices: indices)
    guard let rows = file.tensors["features"], let width = rows.shape.last, width > 0 else {
      return view
    }
    let values = rows.values(as: Float.self)
    for (place, sample) in indices.enumerated() {
      view.features[sample] = Array(values[(place * width)..<((place + 1) * width)])
    }
    return view
  }

  /// Samples of each split that a model looks at; more find differences of no consequence.
  private static let mostViewed = 2_000

  /// The runs that a reference means: those of a cross-validation together.
  private func runs(of reference: String) throws -> [RunRecord.ID] {
    let store = try context.openExistingStore()
    let all = try store.runs(matching: RunFilter(includesChildren: true))
    func members(_ parent: String) -> [RunRecord.ID] {
      all.filter { $0.parent == parent && $0.checkpoint != nil }.map(\.id).sorted()
    }
    let whole = members(reference)
    if !whole.isEmpty { return whole }
    let run = try store.find(reference)
    guard let parent = run.parent, run.tags.contains(Self.foldTag) else { return [run.id] }
    return members(parent)
  }

  /// The label of runs that are folds of a cross-validation.
  private static let foldTag = "fold"
}
