public import HoneConfiguration
import HoneData
import HoneModels
import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor
import HoneText
public import HoneTrain

extension Configuration {
  /// The device to train on.
  func liveDevice() throws -> Device {
    let hasCUDA = Torch.cudaDevices > 0
    switch training.device {
    case .cpu: return .cpu
    case .auto: return hasCUDA ? .cuda() : .cpu
    case .cuda:
      guard hasCUDA else {
        throw problem(
          at: "training.device",
          Localized(
            "no CUDA device can be used. `hone doctor` says what was found; use cpu or auto.",
            korean: "사용할 수 있는 CUDA 장치가 없습니다. `hone doctor`로 확인하고 cpu나 auto를 "
              + "사용하십시오."))
      }
      return .cuda()
    }
  }

  /// Fills in what a plan takes from the configuration.
  func complete(_ plan: inout TrainingPlan, device: Device) throws {
    plan.schedule = liveSchedule
    regularize(&plan)
    plan.accumulation = training.accumulate
    plan.device = device
    plan.memoryFormat = liveMemoryFormat
    switch training.precision {
    case .fp32: plan.precision = .float32
    case .bf16: plan.precision = .bfloat16
    case .fp16:
      guard device.kind == .cuda else {
        throw problem(
          at: "training.precision",
          Localized(
            "fp16 needs a CUDA device, and this run is on \(device). Use bf16 or fp32.",
            korean: "fp16에는 CUDA 장치가 필요하지만 이 실행의 장치는 \(device)입니다. bf16이나 fp32를 "
              + "사용하십시오."))
      }
      plan.precision = .float16
    // Line searches and curvature need differences that bfloat16 rounds away.
    case .auto where optimizer.method.isSecondOrder: plan.precision = .float32
    case .auto: plan.precision = device.kind == .cuda ? .bfloat16 : .float32
    }
    if let stopping = training.earlyStopping {
      plan.restoresBest = stopping.restoreBest
      plan.monitor = try liveMonitor(stopping.monitor, of: plan)
    }
  }

  /// How far apart a run's checkpoints lie.
  public var checkpointInterval: HoneTrain.CheckpointInterval {
    let asked = training.checkpointEvery
    return CheckpointInterval(
      steps: asked?.steps, seconds: asked?.seconds, epochs: asked?.epochs)
  }

  /// Refuses batches of one sample for a model that would normalise over them.
  func checkBatchSize(_ plan: TrainingPlan, inputShape: [Int]) throws {
    guard plan.training.options.batchSize == 1 else { return }
    let state = plan.model.stateDictionary
    let result = Result {
      try catchingTorchErrors {
        withoutGradients { plan.model(Tensor.zeros([1] + inputShape, device: plan.device)) }
      }
    }
    try plan.model.load(state)
    guard case .failure = result else { return }
    throw problem(
      at: "data.batchSize",
      Localized(
        "batch normalization needs the statistics of two samples or more. Use a larger batch, or "
          + "layerNorm.",
        korean: "배치 정규화에는 샘플 두 개 이상의 통계가 필요합니다. 배치 크기를 늘리거나 layerNorm을 "
          + "사용하십시오."))
  }

  /// A name for a run that the user did not name.
  var defaultRunName: String {
    let source = (data.source ?? "data").split(separator: "/").last.map(String.init) ?? "data"
    return "\(model.architecture.name)-\(source)"
  }
}

extension TaskRecord {
  /// The task of a data set under a split.
  init(_ data: Dataset, split: Split, inputShape: [Int]) {
    self.init(
      kind: data.task, input: data.input, sampleShape: inputShape, classes: data.classes,
      classCounts: data.classCounts(of: split.train), trainSamples: split.train.count,
      validationSamples: split.validation.count, testSamples: split.test.count)
    guard data.task == .regression else { return }
    let targets = split.train.map { Double(data.targets[$0]) }
    targetVariance = targets.count > 1 ? targets.variance() : nil
  }
}
