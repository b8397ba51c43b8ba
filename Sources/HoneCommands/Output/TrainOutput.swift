public import HoneRecords

/// The JSON of `hone train`.
public struct TrainOutput: Encodable, Sendable, Equatable {
  let run: String
  let name: String
  let status: RunStatus
  let seed: UInt64
  let device: String
  let precision: String
  let parameters: Int
  let epochs: Int
  @OrNull var best: Epoch?
  @OrNull var final: Epoch?
  @OrNull var test: Test?
  let metric: String
  @OrNull var seconds: Double?
  @OrNull var samplesPerSecond: Double?
  @OrNull var waitShare: Double?
  @OrNull var unreadableSamples: Int?
  @OrNull var checkpoint: String?
  @OrNull var sparsity: Sparsity?
  let findings: [FindingName]
  @OrNull var outcome: String?
  @OrNull var pretrained: PretrainedRecord?
  @OrNull var wordVectors: WordVectorRecord?

  /// The JSON of a run.
  public init(_ record: RunRecord) {
    run = record.id
    name = record.name
    status = record.status
    seed = record.seed
    device = record.device
    precision = record.precision
    parameters = record.parameters
    epochs = record.epochs
    _best = OrNull(wrappedValue: record.best.map(Epoch.init))
    _final = OrNull(wrappedValue: record.final.map(Epoch.init))
    _test = OrNull(wrappedValue: record.test.map(Test.init))
    metric = record.metric
    _seconds = OrNull(wrappedValue: record.seconds)
    _samplesPerSecond = OrNull(wrappedValue: record.samplesPerSecond)
    _waitShare = OrNull(wrappedValue: record.final?.waitShare)
    _unreadableSamples = OrNull(wrappedValue: record.final?.unreadableSamples)
    _checkpoint = OrNull(wrappedValue: record.checkpoint)
    _sparsity = OrNull(wrappedValue: record.sparsity.map(Sparsity.init))
    findings = record.findings.map(\.id)
    _outcome = OrNull(wrappedValue: record.outcome)
    _pretrained = OrNull(wrappedValue: record.pretrained)
    _wordVectors = OrNull(wrappedValue: record.wordVectors)
  }

  /// One epoch's losses and metrics.
  public struct Epoch: Encodable, Sendable, Equatable {
    let epoch: Int
    @OrNull var trainLoss: Double?
    @OrNull var trainMetric: Double?
    @OrNull var validationLoss: Double?
    @OrNull var validationMetric: Double?

    init(_ record: EpochRecord) {
      epoch = record.epoch
      _trainLoss = OrNull(wrappedValue: record.trainLoss)
      _trainMetric = OrNull(wrappedValue: record.trainMetric)
      _validationLoss = OrNull(wrappedValue: record.validationLoss)
      _validationMetric = OrNull(wrappedValue: record.validationMetric)
    }
  }

  /// The shares of weights that are exactly zero.
  public struct Sparsity: Encodable, Sendable, Equatable {
    let share: Double
    let layers: [Layer]

    init(_ record: SparsityRecord) {
      share = record.share
      layers = record.layers.map { Layer(name: $0.name, share: $0.share) }
    }

    /// The share in one parameter.
    public struct Layer: Encodable, Sendable, Equatable {
      let name: String
      let share: Double
    }
  }

  /// The test split's numbers.
  public struct Test: Encodable, Sendable, Equatable {
    let samples: Int
    @OrNull var loss: Double?
    @OrNull var metric: Double?
    @OrNull var interval: [Double]?

    init(_ record: EvaluationRecord) {
      samples = record.samples
      _loss = OrNull(wrappedValue: record.loss)
      _metric = OrNull(wrappedValue: record.metric)
      _interval = OrNull(wrappedValue: finiteOrNil(record.interval))
    }
  }
}

/// The numbers, or nil where one of them is missing or not finite.
func finiteOrNil(_ numbers: [Double]?) -> [Double]? {
  guard let numbers, numbers.allSatisfy(\.isFinite) else { return nil }
  return numbers
}
