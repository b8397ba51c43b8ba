import HoneTensor
import HoneText

/// Why a tensor verb cannot do what it was asked.
enum EngineError: ReportableError, Equatable {
  /// libtorch refused or ran out of memory.
  case torch(TorchError)
  /// Training ran out of memory; the largest size of batch that fits, nil where none does.
  case outOfMemory(TorchError, batchSize: Int, fits: Int?)
  /// A run to resume that has nothing left to do.
  case finished(run: String, status: String)
  /// A run to resume that another process is training.
  case busy(run: String)
  /// What a run was made with and what is there now differ, so that its continuation would not be
  /// the run that it began.
  case changed(run: String, what: Change)
  /// A run without a model: it was interrupted or failed.
  case noModel(run: String, status: String)
  /// A run whose samples its configuration alone does not name.
  case notRepeatable(run: String)
  /// A run that several processes trained: one process sums in another order.
  case trainedTogether(run: String, processes: Int)
  /// An epoch whose weights a run did not keep.
  case noSuchEpoch(run: String, Int, kept: [Int])
  /// A member of an ensemble that tells other classes apart.
  case otherTask(run: String, than: String)
  /// A member of an ensemble that was trained on other data.
  case otherData(run: String, than: String)
  /// A member of an ensemble that was trained on the samples to judge by.
  case trainedOnSamples(run: String, split: String)
  /// Views of images were asked of a model of something else.
  case viewsNeedImages(run: String, input: String)
  /// The user or the system asked to stop before there was an answer.
  case interrupted(isTermination: Bool)
  /// The data of a run changed, so that its split is lost.
  case splitLost(run: String, source: String)
  /// A process of several that has something else before it than the first.
  case differs(rank: Int, what: String)
  /// Fewer CUDA devices than processes on this machine.
  case sharedDevices(Int, processes: Int)
  /// A split of no samples.
  case emptySplit(run: String, split: String)
  /// A sample that the data do not have.
  case noSuchSample(Int, count: Int)

  /// What no longer is as it was.
  enum Change: Sendable, Equatable {
    case data(source: String)
    case configuration(key: String, was: String, now: String)
    case libtorch(was: String, now: String)
    case hone(was: String, now: String)
    case processor(was: String, now: String)
    case device(was: String, now: String)
    case pretrained(file: String)
  }

  var exitStatus: ExitStatus {
    switch self {
    case .torch, .outOfMemory: .internalError
    case .finished, .noSuchSample, .notRepeatable, .trainedTogether, .noSuchEpoch, .otherTask,
      .viewsNeedImages:
      .usage
    case .otherData, .trainedOnSamples: .badData
    case .busy: .tryAgainLater
    case .interrupted(let isTermination): isTermination ? .terminated : .interrupted
    case .noModel: .inputNotFound
    case .emptySplit, .splitLost: .badData
    case .changed(_, .data), .changed(_, .pretrained): .badData
    case .changed(_, .configuration), .differs, .sharedDevices: .configuration
    case .changed: .serviceUnavailable
    }
  }

  var explanation: Localized {
    switch self {
    case .torch(let error): Self.torch(error)
    case .outOfMemory(let error, let size, let fits): Self.outOfMemory(error, size, fits)
    case .finished(let run, let status):
      Localized(
        "run \(run) is \(status); there is nothing to resume. Train again for a new run.",
        korean: "실행 \(run)의 상태가 \(status)이므로 이어서 할 것이 없습니다. 새로 학습하십시오.")
    case .noSuchSample(let sample, let count):
      Localized(
        "there is no sample \(sample): the data hold \(count), numbered from 0.",
        korean: "샘플 \(sample)이(가) 없습니다. 데이터의 샘플은 \(count)개이고 번호는 0부터입니다.")
    case .noSuchEpoch, .otherTask, .otherData, .trainedOnSamples, .viewsNeedImages:
      ensembleExplanation
    case .busy(let run):
      Localized(
        "run \(run) is being trained by another process. Wait for it, or stop it first.",
        korean: "다른 프로세스가 실행 \(run)을(를) 학습하고 있습니다. 끝나기를 기다리거나 먼저 중단하십시오.")
    case .notRepeatable(let run):
      Localized(
        "run \(run) was trained on samples that an improvement or a search chose; only what "
          + "`hone train` began can be verified.",
        korean: "실행 \(run)은(는) 개선 실험이나 탐색이 고른 샘플로 학습했습니다. `hone train`으로 시작한 실행만 확인할 수 "
          + "있습니다.")
    case .trainedTogether(let run, let processes):
      Localized(
        "run \(run) was trained by \(processes) processes together; one process sums in another order, "
          + "so that its numbers agree to rounding and not bit by bit.",
        korean: "실행 \(run)은(는) 프로세스 \(processes)개가 함께 학습했습니다. 한 프로세스는 더하는 순서가 달라 결과가 "
          + "반올림 오차까지만 같고 비트까지 같지는 않습니다.")
    case .interrupted:
      Localized("interrupted; nothing was kept.", korean: "중단했습니다. 남긴 것은 없습니다.")
    case .changed(let run, let change): Self.changed(run, change)
    case .noModel(let run, let status):
      Localized(
        "run \(run) is \(status) and has no model yet. Continue it with `hone train --resume \(run)`.",
        korean: "실행 \(run)의 상태가 \(status)이고 아직 모델이 없습니다. `hone train --resume \(run)`으로 "
          + "이어서 학습하십시오.")
    case .splitLost(let run, let source):
      Localized(
        "the data \(source) changed since run \(run); its samples can no longer be told apart by "
          + "split. Name data to evaluate on with --data.",
        korean: "실행 \(run) 이후 데이터 \(source)이(가) 바뀌어 분할을 알 수 없습니다. 평가할 데이터를 --data로 "
          + "지정하십시오.")
    case .differs(let rank, let what):
      Localized(
        "rank \(rank) does not have the same \(what) as rank 0. Give every machine the same files, "
          + "command line and installation.",
        korean: "랭크 \(rank)와(과) 랭크 0의 \(what)이(가) 다릅니다. 모든 장비의 파일과 명령줄, 설치를 같게 하십시오.")
    case .sharedDevices(let devices, let processes):
      Localized(
        "\(processes) processes on this machine see \(devices) CUDA "
          + "\(devices == 1 ? "device" : "devices"); each needs one of its own. Start fewer with "
          + "--processes, or add --device cpu.",
        korean: "이 장비의 프로세스는 \(processes)개인데 CUDA 장치는 \(devices)개입니다. 프로세스마다 장치가 하나씩 있어야 하니 "
          + "--processes를 줄이거나 --device cpu를 더하십시오.")
    case .emptySplit(let run, let split):
      Localized(
        "run \(run) has no \(split) samples. Choose another --split, or name data with --data.",
        korean: "실행 \(run)에는 \(split) 샘플이 없습니다. 다른 --split을 고르거나 --data로 데이터를 지정하십시오.")
    }
  }

  private static func outOfMemory(_ error: TorchError, _ size: Int, _ fits: Int?) -> Localized {
    guard let fits else { return torch(error) }
    let batches = (size + fits - 1) / fits
    return Localized(
      "memory does not suffice for batches of \(size). Batches of \(fits) fit: use --batch-size "
        + "\(fits), with --set training.accumulate=\(batches) for steps of as many samples.",
      korean: "크기 \(size)의 배치를 처리할 메모리가 부족합니다. 크기 \(fits)이면 들어갑니다. --batch-size \(fits)를 쓰고, "
        + "한 스텝의 샘플 수를 유지하려면 --set training.accumulate=\(batches)를 더하십시오.")
  }

  private static func torch(_ error: TorchError) -> Localized {
    // libtorch appends its own call stack on further lines.
    let message = error.message.split(separator: "\n").first.map(String.init) ?? error.message
    guard error.kind == .outOfMemory else {
      return Localized(
        "libtorch could not do it: \(message).", korean: "libtorch가 실행하지 못했습니다: \(message).")
    }
    return Localized(
      "memory does not suffice: \(message). Lower data.batchSize or the model's width.",
      korean: "메모리가 부족합니다: \(message). data.batchSize나 모델의 너비를 줄이십시오.")
  }
}

/// Runs a body and turns a failure of libtorch into one that the user can read.
func explainingTorchErrors<Value>(_ body: () throws -> Value) throws -> Value {
  do {
    return try body()
  } catch let error as TorchError {
    throw EngineError.torch(error)
  }
}
