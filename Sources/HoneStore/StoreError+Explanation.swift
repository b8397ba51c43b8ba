public import HoneText

extension StoreError {
  /// What came, what was expected, what to do.
  public var explanation: Localized {
    switch self {
    case .notFound(let subject, let reference, let nearest):
      notFound(subject, reference, nearest)
    case .ambiguous(let subject, let reference, let candidates, let count):
      ambiguous(subject, reference, candidates, count)
    case .studyExists(let name):
      Localized(
        "The store has a study '\(name)' already. Go on with it, or choose another name.",
        korean: "저장소에 연구 '\(name)'이(가) 이미 있습니다. 이어서 실행하거나 다른 이름을 고르십시오.")
    case .invalidIdentifier(let id):
      Localized(
        "\(id) cannot name a run: ids are letters, digits, '-', '_' and '.', and begin with none of "
          + "the last.",
        korean: "\(id)은(는) 실행 id로 쓸 수 없습니다. id에는 영문자, 숫자, '-', '_', '.'만 쓸 수 있고 "
          + "'.'으로 시작할 수 없습니다.")
    default: fileExplanation
    }
  }

  private var fileExplanation: Localized {
    switch self {
    case .missing(let path):
      Localized(
        "There is no store at \(path). Train a run first, or name another store with --store.",
        korean: "\(path)에 저장소가 없습니다. 먼저 학습을 실행하거나 --store로 다른 저장소를 지정하십시오.")
    case .cannotCreate(let path, let reason):
      Localized(
        "The store \(path) cannot be written: \(reason). Choose a folder that you may write to "
          + "with --store.",
        korean: "저장소 \(path)에 쓸 수 없습니다: \(reason). --store로 쓰기 권한이 있는 폴더를 지정하십시오.")
    case .locked(let path):
      Localized(
        "Another process is writing to the store \(path). Try again when it has finished.",
        korean: "다른 프로세스가 저장소 \(path)에 쓰고 있습니다. 끝난 뒤 다시 시도하십시오.")
    case .diskFull(let path):
      Localized(
        "The disk of the store \(path) is full; what was stored before is intact. Free some space "
          + "and try again.",
        korean: "저장소 \(path)의 디스크가 가득 찼습니다. 이미 저장된 기록은 온전합니다. 공간을 확보한 뒤 다시 "
          + "시도하십시오.")
    case .inputOutput(let path, let reason):
      Localized(
        "The store \(path) cannot be read or written: \(reason). Check the disk and try again.",
        korean: "저장소 \(path)를 읽거나 쓸 수 없습니다: \(reason). 디스크를 확인한 뒤 다시 시도하십시오.")
    default: contentExplanation
    }
  }

  private var contentExplanation: Localized {
    switch self {
    case .corrupt(let path, let reason):
      Localized(
        "The store \(path) is damaged: \(reason). Move it away or restore a copy; a new one is made "
          + "when none is there.",
        korean: "저장소 \(path)가 손상되었습니다: \(reason). 파일을 옮기거나 사본을 복원하십시오. 파일이 없으면 새로 "
          + "만듭니다.")
    case .foreign(let path):
      Localized(
        "\(path) is a database of another program. Name another file with --store.",
        korean: "\(path)는 다른 프로그램의 데이터베이스입니다. --store로 다른 파일을 지정하십시오.")
    case .newerSchema(let path, let changes):
      Localized(
        "The store \(path) was written by a later version of Hone (\(list(changes))). Update Hone or "
          + "name another store with --store.",
        korean: "저장소 \(path)는 더 새로운 버전의 Hone이 작성했습니다(\(list(changes))). Hone을 업데이트하거나 "
          + "--store로 다른 저장소를 지정하십시오.")
    case .unreadable(let path, let id, let reason):
      Localized(
        "The record of \(id) in the store \(path) cannot be read: \(reason). Delete it with "
          + "'hone runs delete \(id)' or restore a copy of the store.",
        korean: "저장소 \(path)에서 \(id)의 기록을 읽을 수 없습니다: \(reason). 'hone runs delete \(id)'로 "
          + "지우거나 저장소 사본을 복원하십시오.")
    case .unexpected(let path, let reason):
      Localized(
        "The store \(path) failed: \(reason). Please report this with the command that led to it.",
        korean: "저장소 \(path)에서 오류가 발생했습니다: \(reason). 실행한 명령과 함께 신고해 주십시오.")
    default: serverExplanation
    }
  }

  private func notFound(
    _ subject: Subject, _ reference: String, _ nearest: [String]
  ) -> Localized {
    let missing =
      switch subject {
      case .run:
        Localized(
          "There is no run '\(reference)' in the store.",
          korean: "저장소에 실행 '\(reference)'이(가) 없습니다.")
      case .improvement:
        Localized(
          "There is no improvement '\(reference)' in the store.",
          korean: "저장소에 개선 기록 '\(reference)'이(가) 없습니다.")
      case .study:
        Localized(
          "There is no study '\(reference)' in the store.",
          korean: "저장소에 연구 '\(reference)'이(가) 없습니다.")
      }
    if nearest.isEmpty {
      return missing
        + Localized("The store holds none yet.", korean: "저장소에 아직 기록이 없습니다.")
    }
    let near = Localized("Nearest: \(list(nearest)).", korean: "가까운 항목: \(list(nearest)).")
    if subject == .study { return missing + near }
    return missing + near
      + Localized("'hone runs list' shows all.", korean: "'hone runs list'로 모두 볼 수 있습니다.")
  }

  private func ambiguous(
    _ subject: Subject, _ reference: String, _ candidates: [String], _ count: Int
  ) -> Localized {
    let rest = count > candidates.count ? ", …" : ""
    let names = list(candidates) + rest
    return switch subject {
    case .study:
      Localized(
        "'\(reference)' begins \(count) studies: \(names). Give more of the name.",
        korean: "'\(reference)'(으)로 시작하는 연구가 \(count)개 있습니다: \(names). 이름을 더 길게 입력하십시오.")
    case .run:
      Localized(
        "'\(reference)' begins \(count) runs: \(names). Give more of the id.",
        korean: "'\(reference)'(으)로 시작하는 실행이 \(count)개 있습니다: \(names). id를 더 길게 입력하십시오.")
    case .improvement:
      Localized(
        "'\(reference)' begins \(count) improvements: \(names). Give more of the id.",
        korean: "'\(reference)'(으)로 시작하는 개선 기록이 \(count)개 있습니다: \(names). id를 더 길게 "
          + "입력하십시오.")
    }
  }

  private func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
