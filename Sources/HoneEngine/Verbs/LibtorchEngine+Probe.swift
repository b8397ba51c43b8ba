import HoneAssembly
public import HoneCommands
import HoneConfiguration
import HoneData
public import HoneRecords
import HoneTensor
import HoneText
import HoneTrain

extension LibtorchEngine {
  /// Measures a finished run beyond its records and keeps the result with it.
  /// - Throws: what store, data, configuration or libtorch refuse, as errors that explain themselves.
  public func probe(
    _ request: ProbeRequest, in context: CommandContext
  ) async throws -> ProbeRecord {
    try await EngineThread.run {
      let setting = VerbSetting(context)
      let store = try context.openExistingStore()
      var run = try store.find(request.run)
      let configuration = try Configuration(text: run.configuration)
      setting.prepareTorch(configuration.training)
      let data = try configuration.openData(home: setting.dataHome)
      guard data.fingerprint == run.dataFingerprint else {
        throw EngineError.splitLost(run: run.id, source: run.dataSource)
      }
      let split = try configuration.split(data, seed: run.seed)
      var record = ProbeRecord()
      do {
        if request.views {
          let stored = try setting.storedModel(request.run).model
          record.dropouts = try stored.dropouts(data, indices: split.train)
          record.landscape = try stored.landscape(
            data, train: split.train, validation: split.validation)
        }
        if request.noiseScale {
          record.noiseScale = try setting.storedModel(request.run).model
            .noiseScale(data, indices: split.train)
        }
        let options = Self.options(request, context)
        if request.learningCurve {
          record.learningCurve = try LearningCurveStudy(
            configuration, data: data, split: split, options: options
          ).run()
        }
        if request.capacity {
          record.capacity = try CapacityStudy(
            configuration, data: data, split: split, options: options
          ).run()
        }
      } catch is CancellationError {
        throw EngineError.interrupted(isTermination: context.interruption.isTermination)
      }
      run.probes = run.probes?.merging(record) ?? record
      try store.save(run)
      return run.probes ?? record
    }
  }

  private static func options(_ request: ProbeRequest, _ context: CommandContext) -> StudyOptions {
    // Two studies share the time.
    let studies = Double([request.learningCurve, request.capacity].count { $0 })
    return StudyOptions(
      seeds: request.seeds ?? 3, budgetSeconds: request.budgetSeconds.map { $0 / max(studies, 1) },
      observe: { name, error, seconds in
        let (shown, time) = (
          Formatting.significant(error, digits: 4), Formatting.duration(seconds)
        )
        context.say(
          Localized(
            "  \(name): \(shown) in \(time.english)", korean: "  \(name): \(shown), \(time.korean)")
        )
      },
      stopRequested: { context.interruption.isRequested })
  }
}
