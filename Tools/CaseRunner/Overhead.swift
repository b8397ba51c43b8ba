import Foundation
import HoneData
import HoneDiagnosis
import HoneMetrics
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneReport
import HoneTensor
import HoneText
import HoneTrain

/// What diagnosis costs: the statistics of a run, the judging of a long one, its report.
struct Overhead: Codable {
  /// The share of a run's time that its statistics take.
  struct Share: Codable {
    var run: String
    /// Median processor seconds of the run.
    var seconds: Double
    /// Steps that are looked into.
    var measuredSteps: Int
    /// The median over runs, and its standard error.
    var share: Double
    var standardError: Double
    /// The share that is allowed.
    var limit: Double
  }

  var shares: [Share]
  /// Seconds in which the records of a hundred epochs with twenty layers are judged.
  var diagnosisSeconds: Double
  /// Bytes of the report on that run, without and with the library that draws its charts.
  var reportBytes: Int
  var reportBytesWithCharts: Int?

  /// Measures.
  ///
  /// The share is what the steps that are looked into take beyond the steps around them that are not, in
  /// processor seconds of one thread: two whole runs differ by more than statistics take, by where their
  /// memory lies and how fast the machine is just then. Lengths are ordinary ones, because steps are
  /// looked at ever more rarely: a hundred epochs of the digits, and one epoch of as many batches as
  /// CIFAR-10 has.
  /// - Parameter rounds: a third of so many runs of ResNet-20, four times as many of the perceptron, which
  ///   takes a tenth of a second.
  init(rounds: Int) throws {
    Torch.threads = 1
    let digits = Workload(data: try DataSource.open("digits", home: nil), samples: 960)
    let pictures = Workload(data: try Self.pictures(count: 391 * 32), samples: 391 * 32)
    shares = [
      try Self.compare(
        "tiny perceptron 64-16-10, 3,000 steps of 32", digits, epochs: 100, rounds: 4 * rounds,
        limit: 0.05
      ) { stream in MLP(inputs: 64, outputs: 10, widths: [16], using: &stream) },
      try Self.compare(
        "ResNet-20 on 32x32, 391 steps of 32", pictures, epochs: 1, rounds: max(2, rounds / 3),
        limit: 0.02
      ) { stream in CIFARResNet(depth: 20, inputs: 3, using: &stream) },
    ]
    let evidence = Self.longRun(of: digits.data)
    let clock = ContinuousClock()
    var diagnosis: DiagnosisRecord?
    diagnosisSeconds =
      clock.measure { diagnosis = Diagnostician().diagnose(evidence) } / .seconds(1)
    guard let diagnosis else { fatalError("A diagnosis was made and is not there.") }
    func bytes(_ source: String?) -> Int {
      Report(run: evidence, diagnosis: diagnosis).html(language: .english, plotlySource: source)
        .utf8.count
    }
    reportBytes = bytes("")
    let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
    let library = try? String(
      contentsOfFile: "\(home)/.cache/hone/share/plotly.min.js", encoding: .utf8)
    reportBytesWithCharts = library.map { bytes($0) }
  }

  /// Lines for people.
  var table: String {
    func percent(_ share: Double) -> String { String(format: "%.2f %%", 100 * share) }
    var lines = shares.map {
      "\($0.run): \(String(format: "%.3f", $0.seconds)) s, \($0.measuredSteps) steps looked into, "
        + "\(percent($0.share)) (standard error \(percent($0.standardError)); allowed \(percent($0.limit)))"
    }
    lines.append(
      String(format: "diagnosis of 100 epochs, 20 layers: %.1f ms", 1000 * diagnosisSeconds))
    lines.append("report on that run: \(reportBytes / 1024) KiB")
    if let reportBytesWithCharts {
      lines.append("with the library that draws its charts: \(reportBytesWithCharts / 1024) KiB")
    }
    return lines.joined(separator: "\n")
  }
}

// The runs that are compared.
extension Overhead {
  private struct Workload {
    var data: Dataset
    var samples: Int
  }

  private static func pictures(count: Int) throws -> Dataset {
    var stream = RandomStream(seed: 1, "pictures")
    let images = (0..<count).map { _ in
      (0..<384).flatMap { _ in withUnsafeBytes(of: stream.nextSeed()) { Array($0) } }
    }
    return try Dataset(
      images: images, channels: 3, height: 32, width: 32,
      labels: (0..<count).map { String($0 % 10) })
  }

  private static func compare(
    _ name: String, _ workload: Workload, epochs: Int, rounds: Int, limit: Double,
    _ model: (inout RandomStream) -> any Layer<Tensor, Tensor>
  ) throws -> Share {
    // The first run of a process pays for what is made once.
    _ = try stepTimes(workload, epochs: 1, model, samples: 320)
    let runs = try (0..<rounds).map { _ in try stepTimes(workload, epochs: epochs, model) }
    let shares = runs.map(share)
    return Share(
      run: name, seconds: runs.map { $0.reduce(0, +) }.median(),
      measuredSteps: runs[0].indices.filter(isMeasured).count, share: shares.median(),
      standardError: shares.standardError(), limit: limit)
  }

  private static func isMeasured(_ place: Int) -> Bool {
    StepSampling.isSampled(place + 1) || LayerSampling.isSampled(place + 1)
  }

  /// What measured steps take beyond the median of the ten nearest others, of the time of all.
  private static func share(of times: [Double]) -> Double {
    let others = times.indices.filter { !isMeasured($0) }
    let beyond = times.indices.filter(isMeasured).map { place in
      let near = others.sorted { abs($0 - place) < abs($1 - place) }.prefix(10)
      return times[place] - near.map { times[$0] }.median()
    }
    return beyond.reduce(0, +) / times.reduce(0, +)
  }

  /// The processor seconds of each step.
  private static func stepTimes(
    _ workload: Workload, epochs: Int,
    _ make: (inout RandomStream) -> any Layer<Tensor, Tensor>, samples: Int? = nil
  ) throws -> [Double] {
    let indices = Array(0..<(samples ?? workload.samples))
    var stream = RandomStream(seed: 1, "overhead")
    let model = make(&stream)
    let loader = try DataLoader(
      workload.data, indices: indices,
      preprocessor: Preprocessor.fit(
        workload.data, indices: Array(indices.prefix(320)), normalization: .standardize),
      options: LoaderOptions(batchSize: 32, order: .shuffled, threads: 0, seed: 1))
    var plan = TrainingPlan(
      model: model, loss: .crossEntropy(), optimizer: AdamW(model.parameters, learningRate: 1e-3),
      training: loader, validation: nil, metric: .accuracy, epochs: epochs, seed: 1)
    plan.threads = 1
    plan.monitor = .trainLoss
    // Measured before the first step, once for a whole run: no part of what steps cost.
    var record = record(of: workload.data, samples: indices.count)
    record.preflight = PreflightRecord()
    var ends = [ownSeconds()]
    // Asked after each step but the last.
    let trainer = Trainer(plan, record: record) {
      ends.append(ownSeconds())
      return false
    }
    _ = try trainer.train()
    return zip(ends.dropFirst(), ends).map { $0 - $1 }
  }

  private static func record(of data: Dataset, samples: Int) -> RunRecord {
    RunRecord(
      id: "overhead", name: "overhead", created: Date(timeIntervalSince1970: 0), seed: 1,
      device: "cpu", precision: "fp32", threads: 1, parameters: 1000, configuration: "{}",
      dataSource: data.source, dataFingerprint: "",
      task: TaskRecord(
        kind: .multiclass, input: .image, sampleShape: data.sampleShape, classes: data.classes,
        classCounts: data.classes.map { _ in samples / 10 }, trainSamples: samples,
        validationSamples: 5_000, testSamples: 0), metric: "accuracy",
      metricIsBetterWhenLarger: true, command: [],
      environment: EnvironmentRecord(hone: "cases", system: "", processor: "", cores: 1))
  }

  /// A hundred epochs with twenty layers, as records.
  private static func longRun(of data: Dataset) -> RunEvidence {
    var run = record(of: data, samples: 45_000)
    let layers = (0..<20).map { LayerState(path: "layer\($0)") }
    run.layerSamples = (1...16).map { LayerSample(step: $0 * 2000, epoch: $0 * 6, layers: layers) }
    let epochs = (1...100).map { epoch in
      let loss = 2.3 * exp(-Double(epoch) / 20) + 0.1
      return EpochRecord(
        epoch: epoch, step: epoch * 352, trainLoss: loss, trainEvaluationLoss: loss,
        trainEvaluationMetric: 1 - loss / 3, validationLoss: loss * 1.1,
        validationMetric: 1 - loss / 2.5, learningRate: 0.1)
    }
    let steps = (1...850).map {
      StepRecord(
        step: $0, epoch: 1 + $0 / 9, loss: 1, learningRate: 0.1, gradientNorm: 1,
        updateRatio: 1e-3)
    }
    return RunEvidence(run: run, epochs: epochs, steps: steps)
  }
}
