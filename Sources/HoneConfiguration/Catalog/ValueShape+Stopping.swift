extension ValueShape {
  private typealias Training = TrainingConfiguration

  static let earlyStopping = ValueShape.object(
    Training.EarlyStopping(),
    [
      Parameter(
        "kind", words(Training.EarlyStopping.Kind.self), "the criterion (Prechelt 1998)",
        korean: "중단 기준 (Prechelt 1998)"),
      Parameter(
        "monitor", words(Training.Monitor.self),
        "what must improve: a loss, validationMetric, or the run's metric by its name",
        korean: "살펴볼 값: 손실, validationMetric 또는 이 실행의 지표 이름"),
      Parameter(
        "patience", .integer(from: 1), "epochs without improvement that are borne, with patience",
        korean: "patience일 때 나아지지 않아도 기다릴 에폭 수"),
      Parameter(
        "minimumDelta", .number(.nonNegative), "the smallest change that counts, with patience",
        korean: "patience일 때 개선으로 치는 최소 변화"),
      Parameter(
        "threshold", .optional(.number(.positive)),
        "the bound of generalizationLoss in percent (null: 5) or of progressQuotient (null: 0.75)",
        korean: "generalizationLoss의 한계(퍼센트, null이면 5) 또는 progressQuotient의 한계(null이면 0.75)"),
      Parameter(
        "stripLength", .integer(from: 1), "epochs of a strip, with progressQuotient and strips",
        korean: "progressQuotient와 strips에서 한 구간의 에폭 수"),
      Parameter(
        "strips", .integer(from: 1), "strips in a row whose error grows, with strips",
        korean: "strips일 때 오차가 연달아 커지는 구간 수"),
      Parameter(
        "restoreBest", .flag, "whether the best epoch's weights are kept",
        korean: "가장 좋은 에폭의 가중치를 쓸지 여부"),
    ])

  static let budget = ValueShape.object(
    Training.Budget(),
    [
      Parameter(
        "seconds", .optional(.number(.positive)),
        "wall-clock seconds of training; null for no bound",
        korean: "학습에 쓸 시간(초); null이면 제한 없음"),
      Parameter(
        "steps", .optional(.integer(from: 1)), "optimizer steps; null for no bound",
        korean: "갱신할 스텝 수; null이면 제한 없음"),
    ])

  static let divergence = ValueShape.object(
    Training.Divergence(),
    [
      Parameter(
        "factor", .number(NumberRange(lower: 1, includesLower: false)),
        "how many times the lowest training loss counts as diverged",
        korean: "가장 낮은 훈련 손실의 몇 배부터 발산으로 볼지"),
      Parameter(
        "epochs", .integer(from: 1), "how many epochs in a row", korean: "연달아 넘어야 하는 에폭 수"),
    ])

  static let keeping = ValueShape.object(
    Training.Keeping(),
    [
      Parameter("best", .integer(from: 0), "so many of the best epochs", korean: "가장 좋은 에폭의 수"),
      Parameter("last", .integer(from: 0), "so many of the last epochs", korean: "마지막 에폭의 수"),
      Parameter(
        "every", .optional(.integer(from: 1)), "every so many epochs; null for none",
        korean: "이만큼의 에폭마다; null이면 없음"),
      Parameter(
        "cycleEnds", .flag,
        "whether those at the ends of the schedule's cycles (snapshot ensembles)",
        korean: "학습률 주기가 끝나는 에폭(스냅숏 앙상블)을 남길지 여부"),
    ])

  static let log = ValueShape.object(
    Training.Log(),
    [
      Parameter(
        "csv", .optional(.text),
        "a file with a row for each epoch; {run} in its path is the run's id",
        korean: "에폭마다 한 행을 쓸 파일; 경로의 {run}은 실행의 id"),
      Parameter(
        "jsonLines", .optional(.text),
        "a file with a line of JSON for each event; {run} in its path is the run's id",
        korean: "사건마다 JSON 한 줄을 쓸 파일; 경로의 {run}은 실행의 id"),
      Parameter(
        "tensorBoard", .optional(.text),
        "a folder for TensorBoard, in which the run makes one of its id; or the run's own, with {run} in "
          + "its path",
        korean: "TensorBoard용 폴더; 그 안에 실행 id 이름의 폴더를 만들거나, 경로에 {run}이 있으면 그 폴더를 그대로 씀"),
    ])
}
