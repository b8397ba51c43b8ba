public import HoneData
public import HoneNN
import HoneNumerics
import HoneRecords
public import HoneTensor

/// Runs a model over a loader's samples in evaluation mode.
public struct Evaluator {
  /// The loss of each sample is measured with this.
  public let loss: Loss
  /// Where the model is.
  public let device: Device
  /// The element type of matrix products and convolutions.
  public let precision: DType
  /// The memory order of image batches.
  public let memoryFormat: MemoryFormat
  /// Asked before each batch whether to give up.
  var isStopped: () -> Bool = { false }

  /// Thrown where an evaluation was asked to give up.
  struct Stopped: Error {}

  /// An evaluator.
  public init(
    loss: Loss, device: Device = .cpu, precision: DType = .float32,
    memoryFormat: MemoryFormat = .contiguous
  ) {
    self.loss = loss
    self.device = device
    self.precision = precision
    self.memoryFormat = memoryFormat
  }

  /// The outputs and losses of all samples of a loader, without augmentation.
  ///
  /// The model's modes are as before afterwards.
  ///
  /// A single logit of a binary task comes as two, zero before it: their softmax is its sigmoid.
  /// - Parameters:
  ///   - model: the model.
  ///   - loader: the samples.
  ///   - views: views of each image whose answers are averaged; nil for the image alone.
  ///   - modes: the model's parts that have modes, where they are known; nil to look for them.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  public func evaluate(
    _ model: any Layer<Tensor, Tensor>, on loader: DataLoader,
    views: TestTimeAugmentation? = nil, modes: ModeSwitch? = nil
  ) throws -> EvaluationResult {
    var result = EvaluationResult()
    let loader = try loader.inOrder()
    let batches = loader.epoch(0)
    defer { batches.close() }
    try (modes ?? ModeSwitch(of: model)).evaluating {
      try withoutGradients {
        while let batch = try batches.next() {
          if isStopped() { throw Stopped() }
          try add(batch, of: loader, outputs: model.callAsFunction, views: views, to: &result)
        }
      }
    }
    return result
  }

  /// Adds a batch's outputs and losses to a result.
  func add(
    _ batch: HostBatch, of loader: DataLoader, outputs model: (Tensor) -> Tensor,
    views: TestTimeAugmentation? = nil, to result: inout EvaluationResult
  ) throws {
    // Inputs without a label (prediction) have no loss.
    let known = loader.isLabelled(batch)
    var values: [Float] = []
    try catchingTorchErrors {
      let output =
        views.map { average(of: $0, of: batch, classes: !loader.dataset.labels.isEmpty, model) }
        ?? forward(batch, model)
      if known {
        let target = Tensor(batch.targets).to(device)
        result.losses += loss.perSample(output, target).values(as: Double.self)
      }
      let answer =
        loader.dataset.labels.isEmpty
        ? loss.predictions(from: output) : loss.logits(from: output)
      result.width = answer.shape.last ?? 1
      values = answer.floats
    }
    if result.width == 1, !loader.dataset.labels.isEmpty {
      result.width = 2
      values = values.flatMap { [0, $0] }
    }
    if let offsets = loader.preprocessor.logitOffsets, offsets.count == result.width {
      for place in values.indices { values[place] += offsets[place % offsets.count] }
    }
    if let scale = loader.preprocessor.target {
      values = values.map(scale.restored)
      if known { result.targets += batch.indices.map { loader.dataset.targets[$0] } }
    } else if known {
      result.labels += batch.indices.map { Int(loader.dataset.labels[$0]) }
    }
    result.outputs += values
    result.indices += batch.indices
  }

  /// The model's outputs for a batch, as float32.
  func forward(_ batch: HostBatch, _ model: (Tensor) -> Tensor) -> Tensor {
    forwardPass(
      batch, model, device: device, precision: precision, memoryFormat: memoryFormat)
  }
}

/// Uploads a batch and runs the model in a precision; losses are always computed in float32.
func forwardPass(
  _ batch: HostBatch, _ model: (Tensor) -> Tensor, device: Device, precision: DType,
  memoryFormat: MemoryFormat
) -> Tensor {
  forwardPass(
    batch.inputs, model, device: device, precision: precision, memoryFormat: memoryFormat)
}

/// Uploads inputs and runs the model in a precision.
func forwardPass(
  _ inputs: HostTensor, _ model: (Tensor) -> Tensor, device: Device, precision: DType,
  memoryFormat: MemoryFormat
) -> Tensor {
  var input = Tensor(inputs).to(device, nonBlocking: true)
  if memoryFormat != .contiguous, input.rank == 4 { input = input.contiguous(memoryFormat) }
  if precision == .float32 { return model(input) }
  return withAutocast(precision, on: device) { model(input) }.cast(to: .float32)
}

extension DataLoader {
  /// A loader that visits the same samples once each, in order and unchanged; itself where it does.
  func inOrder() throws(DataError) -> DataLoader {
    var plain = options
    plain.order = .sequential
    plain.dropLast = false
    plain.augmentation = []
    plain.textAugmentation = []
    return plain == options
      ? self
      : try DataLoader(dataset, indices: indices, preprocessor: preprocessor, options: plain)
  }

  /// A loader of the first samples alone.
  func beginning(_ count: Int) throws(DataError) -> DataLoader {
    try DataLoader(
      dataset, indices: Array(indices.prefix(count)), preprocessor: preprocessor, options: options)
  }

  /// Whether the labels of a batch are known.
  func isLabelled(_ batch: HostBatch) -> Bool {
    dataset.labels.isEmpty
      ? !batch.indices.contains { dataset.targets[$0].isNaN }
      : !batch.indices.contains { dataset.labels[$0] < 0 }
  }
}
