import HoneAssembly
public import HoneCommands
import HoneData
import HoneRecords
import HoneTrain

/// Inputs that go through the model at once.
private let predictionBatch = 256

extension LibtorchEngine {
  /// A run's model on single inputs; each answer is delivered as soon as it is there.
  /// - Throws: what store, disk or libtorch refuse; for an input that cannot be read, `DataError`
  ///   that names it, after the answers to the inputs before it.
  public func predict(
    _ request: PredictRequest, in context: CommandContext,
    deliver: @Sendable (Prediction) throws -> Void
  ) async throws {
    let answers = EngineThread.stream { give in
      let setting = VerbSetting(context)
      let (_, stored) = try setting.storedModel(request.run)
      let reading = stored.file.preprocessor.reading
      for inputs in try InputFiles(request.inputs).groups(asTables: reading.columns != nil) {
        let data = try DataSource.openInputs(inputs, reading: reading)
        for start in stride(from: 0, to: data.count, by: predictionBatch) {
          if context.interruption.isRequested { return }
          let samples = Array(start..<min(data.count, start + predictionBatch))
          try predict(samples, of: data, stored, top: request.top, give)
        }
      }
    }
    for try await answer in answers { try deliver(answer) }
  }

  private func predict(
    _ samples: [Int], of data: Dataset, _ stored: StoredModel, top: Int,
    _ give: (Prediction) -> Void
  ) throws {
    let result: EvaluationResult
    do {
      result = try stored.evaluate(data, indices: samples)
    } catch let error as DataError {
      guard samples.count > 1 else { throw error }
      // One input of many cannot be read: those before it get their answers.
      for sample in samples { try predict([sample], of: data, stored, top: top, give) }
      return
    }
    let classes = stored.file.run.task.classes
    for (place, sample) in result.indices.enumerated() {
      give(result.prediction(at: place, input: data.name(of: sample), classes: classes, top: top))
    }
  }
}

extension EvaluationResult {
  /// The answer for the sample at a place.
  fileprivate func prediction(
    at place: Int, input: String, classes: [String], top: Int
  ) -> Prediction {
    guard !classes.isEmpty else {
      return Prediction(input: input, value: Double(outputs[place * width]))
    }
    let probabilities = probabilities(of: place)
    let order = probabilities.indices.sorted {
      (probabilities[$0], $1) > (probabilities[$1], $0)
    }
    let candidates = order.prefix(top).map {
      Prediction.Candidate(name: classes[$0], probability: Double(probabilities[$0]))
    }
    return Prediction(input: input, classes: candidates)
  }
}
