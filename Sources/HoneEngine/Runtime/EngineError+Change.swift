import HoneCommands
import HoneText

extension EngineError {
  /// Why a run is not resumed where something changed, and what to do.
  static func changed(_ run: String, _ change: Change) -> Localized {
    let sentence = change.sentence
    let word = change.kind.rawValue
    return Localized(
      "run \(run) cannot be resumed exactly: \(sentence.english). Train again for a new run, or go on "
        + "in spite of it with --allow-change \(word).",
      korean: "실행 \(run)을(를) 똑같이 이어서 할 수 없습니다: \(sentence.korean). 새로 학습하거나, 그래도 이어서 "
        + "하려면 --allow-change \(word)를 쓰십시오.")
  }
}

extension EngineError.Change {
  /// What the user may allow it as.
  var kind: ResumeChange {
    switch self {
    case .data: .data
    case .configuration: .configuration
    case .libtorch: .libtorch
    case .hone: .hone
    case .processor: .processor
    case .device: .device
    case .pretrained: .pretrained
    }
  }

  /// What changed, without its full stop.
  var sentence: Localized {
    switch self {
    case .data(let source):
      Localized(
        "the data \(source) changed since it began",
        korean: "시작한 뒤 데이터 \(source)이(가) 바뀌었습니다")
    case .configuration(let key, let was, let now):
      Localized(
        "its configuration has \(key): \(was), you ask for \(now)",
        korean: "실행의 설정은 \(key): \(was)이지만 \(now)을(를) 요청했습니다")
    case .libtorch(let was, let now):
      Localized(
        "it began on libtorch \(was), this is \(now)",
        korean: "libtorch \(was)에서 시작했지만 지금은 \(now)입니다")
    case .hone(let was, let now):
      Localized(
        "it began with Hone \(was), this is \(now)",
        korean: "Hone \(was)에서 시작했지만 지금은 \(now)입니다")
    case .processor(let was, let now):
      Localized(
        "it began on a processor with \(was), this one has \(now)",
        korean: "\(was) 명령어를 쓰는 프로세서에서 시작했지만 지금은 \(now)입니다")
    case .pretrained(let file):
      Localized(
        "the pretrained weights in \(file) changed", korean: "사전 학습 가중치 \(file)이(가) 바뀌었습니다")
    case .device(let was, let now):
      Localized(
        "it began on \(was), this machine gives \(now)",
        korean: "\(was)에서 시작했지만 지금은 \(now)입니다")
    }
  }
}
