import HoneText

extension EngineError {
  /// Why models cannot answer together.
  var ensembleExplanation: Localized {
    switch self {
    case .noSuchEpoch(let run, let epoch, let kept): Self.noSuchEpoch(run, epoch, kept)
    case .otherTask(let run, let first):
      Localized(
        "run \(run) has another task than run \(first). The models of an ensemble answer the same "
          + "question.",
        korean: "실행 \(run)의 과제가 실행 \(first)과(와) 다릅니다. 앙상블의 모델은 같은 과제를 풀어야 합니다.")
    case .otherData(let run, let first):
      Localized(
        "run \(run) was trained on other data than run \(first), so the splits of one mean nothing to "
          + "the other. Name data to evaluate on with --data.",
        korean: "실행 \(run)과(와) 실행 \(first)의 데이터가 달라 분할을 함께 쓸 수 없습니다. 평가할 데이터를 --data로 "
          + "지정하십시오.")
    case .trainedOnSamples(let run, let split):
      Localized(
        "run \(run) was trained on some of the \(split) samples of the first run: their splits differ. "
          + "Train the members with one data.splitSeed, as hone train --seeds does, or name data with "
          + "--data.",
        korean: "실행 \(run)은(는) 첫 실행의 \(split) 샘플 일부로 학습했습니다. 분할이 서로 다릅니다. hone train "
          + "--seeds처럼 data.splitSeed를 같게 하여 학습하거나 --data로 데이터를 지정하십시오.")
    case .viewsNeedImages(let run, let input):
      Localized(
        "--tta shows views of images; run \(run) is about data of the kind '\(input)'. Leave it out.",
        korean: "--tta는 이미지에만 쓸 수 있으나 실행 \(run)의 데이터 종류는 '\(input)'입니다. 이 옵션을 빼십시오.")
    default: explanation
    }
  }

  private static func noSuchEpoch(_ run: String, _ epoch: Int, _ kept: [Int]) -> Localized {
    let list = kept.map(String.init).joined(separator: ", ")
    return kept.isEmpty
      ? Localized(
        "run \(run) kept no epochs' weights. Choose epochs with training.keep before training.",
        korean: "실행 \(run)에는 에폭별 가중치가 없습니다. 학습 전에 training.keep으로 남길 에폭을 고르십시오.")
      : Localized(
        "run \(run) did not keep the weights of epoch \(epoch). It kept those of \(list).",
        korean: "실행 \(run)에는 에폭 \(epoch)의 가중치가 없습니다. 남아 있는 에폭은 \(list)입니다.")
  }
}
