public import HoneText

/// Why a run cannot be trained by several processes.
public enum DataParallelError: ReportableError, Equatable {
  /// An optimiser that evaluates a step's loss as often as it needs.
  case optimizer(String)

  /// What came and what to do.
  public var explanation: Localized {
    switch self {
    case .optimizer(let name):
      Localized(
        "the optimiser \(name) evaluates a step's loss several times, which several processes cannot "
          + "do together. Train in one process, or with an optimiser that takes gradients, such as "
          + "adamW or sgd.",
        korean: "옵티마이저 \(name)은(는) 한 스텝에서 손실을 여러 번 계산하므로 여러 프로세스로 학습할 수 없습니다. 프로세스 "
          + "하나로 학습하거나 adamW, sgd처럼 기울기를 쓰는 옵티마이저를 고르십시오.")
    }
  }

  /// The exit status of a command that ends with this error.
  public var exitStatus: ExitStatus { .configuration }
}
