public import HoneConfiguration
public import HoneData
import HoneNN
import HoneNumerics
public import HoneRecords
import HoneTensor
public import HoneTrain

/// A model read from its file and made live again, without the data that it was trained on.
///
/// ```swift
/// let stored = try StoredModel(contentsOf: path)
/// let inputs = try DataSource.openInputs(files, reading: stored.file.preprocessor.reading)
/// let result = try stored.evaluate(inputs, indices: Array(0..<inputs.count))
/// ```
public struct StoredModel {
  /// What the file holds: the weights, the run, the preprocessor.
  public let file: ModelFile
  /// The configuration that built the model.
  public let configuration: Configuration

  let model: any Layer<Tensor, Tensor>
  let device: Device
  private let evaluator: Evaluator

  /// Reads a model; it goes to the GPU where its run was on one and there is one now.
  /// - Throws: `FileError` where the file is missing, damaged or does not fit its own configuration;
  ///   `ConfigurationError` for a configuration that this version does not know.
  public init(contentsOf path: String) throws {
    file = try ModelFile(contentsOf: path)
    let task = file.run.task
    configuration = try Configuration(text: file.run.configuration, file: path)
    device =
      file.run.device != "cpu" && Torch.cudaDevices > 0 ? .cuda() : .cpu
    let assembler = ModelAssembler(
      configuration: configuration, inputShape: file.preprocessor.outputShape,
      outputs: configuration.modelOutputs(task: task.kind, classes: task.classes.count),
      device: device, cardinalities: file.preprocessor.cardinalities,
      vocabulary: file.preprocessor.tokenizer?.vocabulary.count)
    var stream = RandomStream(seed: file.run.seed, "initial weights")
    model = try assembler.model(using: &stream)
    do throws(StateDictionaryError) {
      try model.load(file.state)
    } catch {
      throw FileError.malformed(path: path, reason: "\(error)")
    }
    evaluator = Evaluator(
      loss: try configuration.liveLoss(task: task.kind, counts: task.classCounts), device: device,
      precision: DType(precisionName: file.run.precision),
      memoryFormat: configuration.liveMemoryFormat)
  }

  /// The model's outputs for samples, with losses where their labels are known.
  ///
  /// Samples are treated as the training data were, without augmentation.
  /// - Parameters:
  ///   - data: the samples' data.
  ///   - indices: the samples.
  ///   - views: views of each image whose answers are averaged; nil for the image alone.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  public func evaluate(
    _ data: Dataset, indices: [Int], views: TestTimeAugmentation? = nil
  ) throws -> EvaluationResult {
    let options = LoaderOptions(
      batchSize: max(configuration.data.batchSize.count(of: 256), 256),
      threads: configuration.data.threads)
    let loader = try DataLoader(
      data, indices: indices, preprocessor: file.preprocessor, options: options)
    return try evaluator.evaluate(model, on: loader, views: views)
  }

  /// The mean loss of a loader's samples at the model's present weights, in evaluation mode.
  func meanLoss(on loader: DataLoader) throws -> Double {
    try evaluator.evaluate(model, on: loader).losses.mean()
  }

  /// The curvature of the model's loss: the largest eigenvalues of its Hessian, trace, and the largest
  /// eigenvalue of each layer.
  ///
  /// ```swift
  /// let curvature = try stored.curvature(data, indices: split.train)
  /// print(curvature.largest[0].value, curvature.layers.map(\.largest.value))
  /// ```
  /// - Parameter samples: so many of the samples are used at most, drawn by the run's seed.
  /// - Returns: nil where no sample has a label.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  public func curvature(
    _ data: Dataset, indices: [Int], samples: Int = 500
  ) throws -> CurvatureRecord? {
    var stream = RandomStream(seed: file.run.seed, "curvature")
    let chosen = labelled(data, indices, atMost: samples, using: &stream).sorted()
    if chosen.isEmpty { return nil }
    let loader = try DataLoader(
      data, indices: chosen, preprocessor: file.preprocessor,
      options: LoaderOptions(batchSize: samples, threads: configuration.data.threads))
    return try exactEvaluator.curvature(of: model, on: loader, using: &stream)
  }

  /// The gradient noise scale of the model at its weights.
  ///
  /// ```swift
  /// let noise = try stored.noiseScale(data, indices: split.train)
  /// print(noise?.scale ?? .nan, "samples")
  /// ```
  /// - Parameters:
  ///   - samples: so many of the samples are used at most, drawn by the run's seed.
  ///   - batches: how many gradients are compared at least where the samples suffice.
  /// - Returns: nil where there are fewer than four samples with labels.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  public func noiseScale(
    _ data: Dataset, indices: [Int], samples: Int = 4096, batches: Int = 64
  ) throws -> NoiseScaleRecord? {
    var stream = RandomStream(seed: file.run.seed, "noise scale")
    // In random order, so that each batch is a draw from all.
    let chosen = labelled(data, indices, atMost: samples, using: &stream)
    if chosen.isEmpty { return nil }
    let loader = try DataLoader(
      data, indices: chosen, preprocessor: file.preprocessor,
      options: LoaderOptions(
        batchSize: max(1, chosen.count / max(batches, 4)), threads: configuration.data.threads))
    return try exactEvaluator.noiseScale(
      of: model, on: loader, trainedBatchSize: configuration.data.batchSize.count(of: indices.count)
    )
  }

  /// What computes in float32, whatever the run did.
  private var exactEvaluator: Evaluator { Evaluator(loss: evaluator.loss, device: device) }

  /// Some of the samples that have a label.
  private func labelled(
    _ data: Dataset, _ indices: [Int], atMost count: Int, using stream: inout RandomStream
  ) -> [Int] {
    let known = indices.filter {
      data.labels.isEmpty ? !data.targets[$0].isNaN : data.labels[$0] >= 0
    }
    return stream.permutation(known.count).prefix(count).map { known[$0] }
  }
}
