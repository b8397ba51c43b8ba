import Foundation
public import HoneRecords

/// A run made elsewhere with its layers, as JSON lines: one object a line, told apart by `kind`.
///
/// `run` says what was built, `step`, `layers` and `epoch` what happened. Every field but `kind` may be
/// missing; numbers that are not finite are the words `nan`, `inf` and `-inf`. `Tools/loggers` holds a
/// logger for PyTorch and Keras; Documentation/Diagnosis.md lists the fields.
public enum RunLog {
  /// The log as evidence.
  /// - Parameters:
  ///   - text: the lines.
  ///   - name: what to call the run, such as the file's name.
  /// - Throws: `CurveFileError.badLine` for a line that is no such object, `.noRows` without epochs and
  ///   steps.
  public static func read(
    text: String, name: String = "log"
  ) throws(CurveFileError) -> RunEvidence {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    var log = Draft(name)
    for (number, line) in text.split(whereSeparator: \.isNewline).enumerated() {
      guard let parsed = try? decoder.decode(Line.self, from: Data(line.utf8)) else {
        throw .badLine(line: number + 1)
      }
      log.add(parsed)
    }
    guard !log.evidence.epochs.isEmpty || !log.evidence.steps.isEmpty else { throw .noRows }
    return log.finished
  }

  /// Whether a text looks like JSON lines.
  public static func recognizes(_ text: String) -> Bool {
    text.first { !$0.isWhitespace } == "{"
  }

  /// One line: the fields of all kinds.
  private struct Line: Decodable {
    var kind: String
    // run
    var task: TaskKind?
    var loss: String?
    var expects: WiringRecord.Expectation?
    var optimizer: String?
    var outputActivation: String?
    var outputs: Int?
    var classCounts: [Int]?
    var trainSamples: Int?
    var validationSamples: Int?
    var parameters: Int?
    var batchSize: Int?
    var stepsPerEpoch: Int?
    var dropout: Double?
    var weightDecay: Double?
    var isAugmented: Bool?
    var inputMean: Double?
    var inputDeviation: Double?
    var inputMinimum: Double?
    var inputMaximum: Double?
    var initialLoss: Double?
    var facts: [Fact]?
    // step, layers, epoch
    var step: Int?
    var epoch: Int?
    var value: Double?
    var learningRate: Double?
    var gradientNorm: Double?
    var updateRatio: Double?
    var descent: Double?
    var layers: [State]?
    var trainLoss: Double?
    var trainMetric: Double?
    var trainEvaluationLoss: Double?
    var trainEvaluationMetric: Double?
    var validationLoss: Double?
    var validationMetric: Double?
    var seconds: Double?
  }

  private struct Fact: Decodable {
    var path: String
    var kind: String?
    var followers: [String]?
    var inputs: Int?
    var units: Int?
    var weight: Double?
    var duplicateShare: Double?
    var isTrainable: Bool?
  }

  private struct State: Decodable {
    var path: String
    var weight: Double?
    var gradient: Double?
    var update: Double?
    var output: Double?
    var outputSpread: Double?
    var activationSpread: Double?
    var zeroShare: Double?
    var saturatedShare: Double?
    var deadShare: Double?

    /// The state with what is not finite left out and noted.
    var state: LayerState {
      let numbers = [
        weight, gradient, update, output, outputSpread, activationSpread, zeroShare,
        saturatedShare, deadShare,
      ]
      var state = LayerState(
        path: path, isFinite: numbers.allSatisfy { $0?.isFinite ?? true })
      func kept(_ value: Double?) -> Double? { value.flatMap { $0.isFinite ? $0 : nil } }
      state.weight = kept(weight)
      state.gradient = kept(gradient)
      state.update = kept(update)
      state.output = kept(output)
      state.outputSpread = kept(outputSpread)
      state.activationSpread = kept(activationSpread)
      state.zeroShare = kept(zeroShare)
      state.saturatedShare = kept(saturatedShare)
      state.deadShare = kept(deadShare)
      return state
    }
  }

  /// The evidence as it grows.
  private struct Draft {
    var evidence: RunEvidence
    var samples: [LayerSample] = []

    init(_ name: String) {
      let run = RunRecord(
        id: name, name: name, status: .completed, created: Date(timeIntervalSince1970: 0), seed: 0,
        device: "", precision: "", threads: 0, parameters: 0, configuration: "{}",
        dataSource: name, dataFingerprint: "",
        task: TaskRecord(
          kind: .multiclass, input: .table, sampleShape: [], trainSamples: 0,
          validationSamples: 0, testSamples: 0),
        metric: "accuracy", metricIsBetterWhenLarger: true, command: [],
        environment: EnvironmentRecord(hone: "", system: "", processor: "", cores: 0))
      evidence = RunEvidence(run: run, epochs: [], steps: [])
    }

    mutating func add(_ line: Line) {
      switch line.kind {
      case "run": describe(line)
      case "step":
        evidence.steps.append(
          StepRecord(
            step: line.step ?? evidence.steps.count + 1, epoch: line.epoch ?? 1,
            loss: line.value ?? line.trainLoss ?? .nan, learningRate: line.learningRate ?? 0,
            gradientNorm: line.gradientNorm, updateRatio: line.updateRatio))
      case "layers":
        samples.append(
          LayerSample(
            step: line.step ?? 1, epoch: line.epoch ?? 1, descent: line.descent,
            layers: (line.layers ?? []).map(\.state)))
      case "epoch":
        let number = line.epoch ?? evidence.epochs.count + 1
        evidence.epochs.append(
          EpochRecord(
            epoch: number, step: line.step ?? number, trainLoss: line.trainLoss ?? .nan,
            trainMetric: line.trainMetric, trainEvaluationLoss: line.trainEvaluationLoss,
            trainEvaluationMetric: line.trainEvaluationMetric,
            validationLoss: line.validationLoss, validationMetric: line.validationMetric,
            learningRate: line.learningRate ?? 0, gradientNorm: line.gradientNorm,
            updateRatio: line.updateRatio, seconds: line.seconds ?? 0))
      // A later version may write more kinds of lines.
      default: return
      }
    }

    private mutating func describe(_ line: Line) {
      evidence.run.task.kind = line.task ?? .multiclass
      evidence.run.task.classCounts = line.classCounts ?? []
      evidence.run.task.trainSamples = line.trainSamples ?? 0
      evidence.run.task.validationSamples = line.validationSamples ?? 0
      evidence.run.parameters = line.parameters ?? 0
      if let optimizer = line.optimizer?.filter({ $0.isLetter || $0.isNumber }) {
        evidence.run.configuration = "{\"optimizer\":{\"kind\":\"\(optimizer)\"}}"
      }
      if line.task == .regression {
        evidence.run.metric = "loss"
        evidence.run.metricIsBetterWhenLarger = false
      }
      var wiring = WiringRecord(
        loss: line.loss ?? "unknown", expects: line.expects ?? .unknown,
        outputActivation: line.outputActivation ?? "unknown", outputs: line.outputs ?? 0)
      wiring.batchSize = line.batchSize ?? 0
      wiring.stepsPerEpoch = line.stepsPerEpoch ?? 0
      wiring.dropout = line.dropout ?? 0
      wiring.weightDecay = line.weightDecay ?? 0
      wiring.isAugmented = line.isAugmented ?? false
      var preflight = PreflightRecord(initialLoss: line.initialLoss)
      preflight.wiring = wiring
      if let mean = line.inputMean, let deviation = line.inputDeviation {
        preflight.input = ValueSummary(
          mean: mean, standardDeviation: deviation, minimum: line.inputMinimum ?? mean,
          maximum: line.inputMaximum ?? mean)
      }
      preflight.layers = line.facts?.map { fact in
        LayerFact(
          path: fact.path, kind: fact.kind ?? "layer", followers: fact.followers ?? [],
          inputs: fact.inputs ?? 0, units: fact.units ?? 0, weight: fact.weight ?? 0,
          duplicateShare: fact.duplicateShare ?? 0, isTrainable: fact.isTrainable ?? true)
      }
      evidence.run.preflight = preflight
    }

    var finished: RunEvidence {
      var result = evidence
      if !samples.isEmpty { result.run.layerSamples = samples }
      result.run.epochs = result.epochs.count
      result.run.final = result.epochs.last
      let hasAccuracy = result.epochs.contains {
        $0.validationMetric != nil || $0.trainMetric != nil
      }
      if !hasAccuracy { result.run.metric = "loss" }
      return result
    }
  }
}
