public import HoneConfiguration
public import HoneData
import HoneModels
import HoneNN
public import HoneNumerics
public import HoneRecords
import HoneTensor
import HoneText
import HoneTrain

/// Computes what a model makes of samples before its head, or with it, without training: features for
/// a classifier of another kind, maps for a detector.
///
/// ```swift
/// var configuration = Configuration()
/// configuration.model.pretrained = "squeezenet1_1.safetensors"
/// let extractor = try FeatureExtractor(configuration, data: photos, split: split)
/// let file = try extractor.extract(.features, of: photos, indices: split.train)
/// try file.write(to: "features.safetensors")
/// ```
public struct FeatureExtractor {
  /// What is computed.
  public enum Content: String, Sendable, CaseIterable {
    /// What the head judges: `features`, `[samples, width]`.
    case features
    /// The maps at the end of each stage: `map.0`, `[samples, channels, height, width]`, and so on,
    /// finest first.
    case maps
    /// The model's outputs: `outputs`, `[samples, width]`.
    case outputs
  }

  /// What was taken over from a file of weights; nil where none is named.
  public let pretrained: PretrainedRecord?

  private let configuration: Configuration
  private let model: any Layer<Tensor, Tensor>
  private let preprocessor: Preprocessor
  private let device: Device

  /// Images are computed in batches of so many: maps of large ones take much memory.
  private static let batchSize = 32

  /// The model of a configuration, with its pretrained weights and their head, whatever classes the
  /// data have.
  /// - Parameters:
  ///   - configuration: the model, and how inputs are prepared.
  ///   - data: the data.
  ///   - split: the training samples, from which statistics of the inputs are learned where the
  ///     configuration gives none.
  /// - Throws: `ConfigurationError`, `DataError`, `WeightFileError`, `PretrainedError`.
  public init(_ configuration: Configuration, data: Dataset, split: Split) throws {
    device = try configuration.liveDevice()
    var fitted = try Preprocessor.fit(
      data, indices: split.train, normalization: configuration.liveNormalization,
      categories: configuration.model.architecture.categories,
      text: configuration.textOptions(for: data), table: configuration.liveTable)
    try configuration.fitWhitening(into: &fitted, data, indices: split.train)
    preprocessor = fitted
    var assembler = ModelAssembler(
      configuration: configuration, inputShape: preprocessor.outputShape,
      outputs: configuration.modelOutputs(task: data.task, classes: data.classes.count),
      device: device, cardinalities: preprocessor.cardinalities,
      vocabulary: preprocessor.tokenizer?.vocabulary.count)
    let file = try configuration.model.pretrained.map(WeightFile.init(contentsOf:))
    func make() throws -> any Layer<Tensor, Tensor> {
      var stream = RandomStream(seed: configuration.training.seed, "initial weights")
      return try assembler.model(using: &stream)
    }
    var model = try make()
    if let outputs = file.flatMap({ model.headOutputs(in: $0) }), outputs != assembler.outputs {
      assembler.outputs = outputs
      model = try make()
    }
    pretrained = try file.map { try model.load(pretrained: $0) }
    self.model = model
    self.configuration = configuration
  }

  /// The model of a run.
  public init(_ stored: StoredModel) {
    pretrained = stored.file.run.pretrained
    configuration = stored.configuration
    model = stored.model
    preprocessor = stored.file.preprocessor
    device = stored.device
  }

  /// Computes arrays of samples, with `labels` (classification) or `targets`, and their `indices` in the
  /// data; metadata name the classes.
  /// - Throws: `ConfigurationError` where the model has no such content, `DataError` naming a sample
  ///   that cannot be read, `TorchError`.
  public func extract(_ content: Content, of data: Dataset, indices: [Int]) throws -> Safetensors {
    let compute = try computation(content)
    let loader = try DataLoader(
      data, indices: indices, preprocessor: preprocessor,
      options: LoaderOptions(
        batchSize: Self.batchSize, threads: configuration.data.threads))
    let batches = loader.epoch(0)
    defer { batches.close() }
    var collected: [String: (shape: [Int], values: [Float])] = [:]
    try model.evaluating {
      try withoutGradients {
        while let batch = try batches.next() {
          let arrays = try catchingTorchErrors { () -> [(name: String, value: Tensor)] in
            var input = Tensor(batch.inputs).to(device)
            if input.rank == 4 { input = input.contiguous(.channelsLast) }
            return compute(input)
          }
          for (name, value) in arrays {
            collected[name, default: (Array(value.shape.dropFirst()), [])].values += value.floats
          }
        }
      }
    }
    var file = Safetensors()
    for (name, array) in collected {
      file.tensors[name] = HostTensor(array.values, shape: [indices.count] + array.shape)
    }
    describe(data, indices, in: &file)
    return file
  }

  /// Whether the model has features apart from its outputs.
  public var hasFeatures: Bool { model is any ImageBackbone }

  private func computation(
    _ content: Content
  ) throws -> (Tensor) -> [(name: String, value: Tensor)] {
    if content == .outputs { return { [model] in [("outputs", model($0))] } }
    guard let backbone = model as? any ImageBackbone else {
      throw configuration.problem(
        at: "model.name",
        Localized(
          "this model has no \(content.rawValue) apart from its outputs. Use a model for images with "
            + "a backbone, such as resnet20, or ask for outputs.",
          korean: "이 모델에는 출력과 구분되는 \(content.rawValue)이(가) 없습니다. resnet20처럼 백본이 있는 "
            + "이미지 모델을 쓰거나 outputs를 요청하십시오."))
    }
    if content == .features { return { [("features", backbone.features($0))] } }
    return { input in
      backbone.featureMaps(input).enumerated().map { ("map.\($0.offset)", $0.element) }
    }
  }

  private func describe(_ data: Dataset, _ indices: [Int], in file: inout Safetensors) {
    let count = indices.count
    file.tensors["indices"] = HostTensor(indices, shape: [count])
    if !data.labels.isEmpty {
      file.tensors["labels"] = HostTensor(indices.map { Int(data.labels[$0]) }, shape: [count])
      file.metadata["classes"] = data.classes.joined(separator: "\n")
    } else if !data.targets.isEmpty {
      file.tensors["targets"] = HostTensor(indices.map { data.targets[$0] }, shape: [count])
    }
    if let pretrained { file.metadata["pretrained"] = "\(pretrained.file) \(pretrained.sha256)" }
    // How many pixels of the input one step in each map is.
    let height = preprocessor.outputShape.dropFirst().first ?? 0
    for (name, map) in file.tensors where name.hasPrefix("map.") && map.shape.count == 4 {
      file.metadata["\(name).stride"] = "\(Int((Double(height) / Double(map.shape[2])).rounded()))"
    }
  }
}
