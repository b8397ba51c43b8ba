import HoneRecords
import HoneText

extension RemedyCatalogue {
  /// The configured learning rate, or what the last epoch used.
  var currentLearningRate: Double? {
    settings.number("optimizer.learningRate") ?? run.final?.learningRate
  }

  /// The rate that the optimiser is usually begun with (Goodfellow and others 2016, chapter 8).
  var usualLearningRate: Double {
    let kind = (settings.word("optimizer.kind") ?? "adamW").lowercased()
    // Methods of second order choose their own length of a step.
    let whole: Set<String> = [
      "lbfgs", "bfgs", "conjugategradient", "gaussnewton", "newtoncg", "newton",
      "levenbergmarquardt",
    ]
    if whole.contains(kind) { return 1 }
    return ["sgd": 0.05, "adagrad": 1e-2, "adadelta": 1, "asgd": 1e-2, "lion": 1e-4][kind] ?? 1e-3
  }

  /// The optimiser's usual rate, where the run's is more than three times off; nil for curves that do not tell
  /// the optimiser.
  var usualRate: Remedy? {
    if settings.isEmpty { return nil }
    guard let current = currentLearningRate, current > 0,
      max(current / usualLearningRate, usualLearningRate / current) > 3
    else { return descend }
    return Remedy(
      id: "usual-rate", change: ["optimizer.learningRate": .number(usualLearningRate)],
      effort: .short,
      rationale: Localized(
        "The rate with which this optimizer usually trains is "
          + "\(Formatting.significant(usualLearningRate)).",
        korean: "이 최적화 알고리즘에 보통 쓰는 학습률은 \(Formatting.significant(usualLearningRate))입니다."))
  }

  /// The learning rate of the range test; a tenth of the present one where none was made.
  var learningRate: Remedy? {
    if let suggestion = run.preflight?.rangeTest?.suggestion {
      return Remedy(
        id: "learning-rate", change: ["optimizer.learningRate": .number(suggestion)],
        effort: .short,
        rationale: Localized(
          "The range test saw the loss fall fastest at \(Formatting.significant(suggestion)).",
          korean: "학습률 범위 시험에서 손실이 가장 빠르게 감소한 값은 \(Formatting.significant(suggestion))입니다."))
    }
    guard let current = currentLearningRate, current > 0 else { return descend }
    return Remedy(
      id: "learning-rate", change: ["optimizer.learningRate": .number(current / 10)],
      effort: .short,
      rationale: Localized(
        "A tenth of the learning rate keeps each step within the region where the gradient holds.",
        korean: "학습률을 10분의 1로 낮추면 기울기가 유효한 범위 안에서 갱신이 이루어집니다."))
  }

  /// Three times the learning rate, but not past half the rate at which the range test diverged.
  var higherLearningRate: Remedy? {
    if let suggestion = run.preflight?.rangeTest?.suggestion, let current = currentLearningRate,
      suggestion > current
    {
      return learningRate
    }
    guard let current = currentLearningRate, current > 0 else { return descend }
    let limit = run.preflight?.rangeTest?.divergence.map { $0 / 2 } ?? .infinity
    let rate = min(current * 3, limit)
    guard rate > current else { return nil }
    return Remedy(
      id: "higher-learning-rate", change: ["optimizer.learningRate": .number(rate)],
      effort: .short,
      rationale: Localized(
        "The loss falls smoothly but slowly, so larger steps are likely to be stable.",
        korean: "손실이 매끄럽지만 느리게 감소하므로 학습률을 높여도 안정적일 가능성이 큽니다."))
  }

  /// Thirty times the learning rate, for a run that hardly moved and of which no range test tells more.
  var farHigherLearningRate: Remedy? {
    guard let current = currentLearningRate, current > 0,
      run.preflight?.rangeTest?.suggestion.map({ $0 <= current }) ?? true
    else { return nil }
    let limit = run.preflight?.rangeTest?.divergence.map { $0 / 2 } ?? .infinity
    let rate = min(current * 30, limit)
    guard rate > current * 3 else { return nil }
    return Remedy(
      id: "far-higher-learning-rate", change: ["optimizer.learningRate": .number(rate)],
      effort: .short,
      rationale: Localized(
        "Where a run hardly moves, rates a decade or two higher are tried before finer steps (Bengio 2012).",
        korean: "학습이 거의 진행되지 않으면 먼저 열 배에서 백 배 높은 학습률을 시도합니다(Bengio 2012)."))
  }

  /// Twice the epochs.
  var moreEpochs: Remedy? {
    longer("more-epochs", times: 2) { epochs in
      Localized(
        "The loss had not settled after \(epochs) epochs.",
        korean: "에폭 \(epochs)개로는 손실이 아직 수렴하지 않았습니다.")
    }
  }

  /// Ten times the epochs, for runs that take next to nothing of the time at hand.
  var tenTimesAsLong: Remedy? {
    longer("ten-times-as-long", times: 10) { epochs in
      Localized(
        "A run of \(epochs) epochs is over in a small part of the time at hand: what mends it may show only later.",
        korean: "에폭 \(epochs)개의 학습은 주어진 시간의 아주 작은 부분만 쓰므로, 개선 효과는 더 오래 학습해야 드러날 수 있습니다.")
    }
  }

  private func longer(
    _ id: String, times factor: Int, _ rationale: (_ epochs: Int) -> Localized
  ) -> Remedy? {
    let epochs = settings.integer("training.epochs") ?? run.epochs
    guard epochs > 0 else { return nil }
    return Remedy(
      id: id, change: ["training.epochs": .integer(epochs * factor)], effort: .long,
      rationale: rationale(epochs))
  }

  /// A cosine schedule in place of a constant rate.
  var cosineSchedule: Remedy? {
    let kind = settings.word("schedule.kind") ?? settings.word("schedule") ?? "constant"
    guard kind == "constant" else { return nil }
    return Remedy(
      id: "cosine-schedule",
      change: ["schedule": ["kind": "cosine", "warmupEpochs": 1]], effort: .short,
      rationale: Localized(
        "A falling learning rate lets the noise of the gradients average out near the minimum.",
        korean: "학습률을 점차 낮추면 최솟값 부근에서 기울기 잡음의 영향이 줄어듭니다."))
  }

  /// A warm-up in front of the schedule.
  var warmUp: Remedy? {
    guard settings.number("schedule.warmupEpochs") ?? 0 == 0 else { return nil }
    return Remedy(
      id: "warm-up", change: ["schedule.warmupEpochs": 1], effort: .short,
      rationale: Localized(
        "Small first steps keep early gradients from throwing the weights off.",
        korean: "워밍업은 학습 초기의 큰 기울기로 가중치가 흐트러지는 것을 막습니다."))
  }

  /// Clipping of the gradients' norm.
  var gradientClip: Remedy? {
    guard settings.value("training.gradientClip") == nil, run.preflight?.stepNoise == nil else {
      return nil
    }
    return Remedy(
      id: "gradient-clip", change: ["training.gradientClip": ["norm": 1.0]], effort: .short,
      rationale: Localized(
        "Clipping bounds the step that a single bad batch can cause (Pascanu et al. 2013).",
        korean: "기울기 클리핑은 배치 하나가 일으키는 갱신의 크기를 제한합니다(Pascanu 외 2013)."))
  }

  /// AdamW in place of another optimiser.
  var optimizer: Remedy? {
    guard
      settings.word("optimizer.kind")?.lowercased() != "adamw" || currentLearningRate ?? 1e-3 > 1e-2
    else { return nil }
    return Remedy(
      id: "optimizer",
      change: ["optimizer.kind": "adamW", "optimizer.learningRate": 1e-3], effort: .short,
      rationale: Localized(
        "AdamW scales the step of each parameter and depends less on the learning rate.",
        korean: "AdamW는 매개변수마다 갱신 크기를 조절하므로 학습률에 덜 민감합니다."))
  }

  /// Half the batch size: twice the updates in an epoch.
  var smallerBatch: Remedy? {
    guard let size = settings.integer("data.batchSize"), size >= 32 else { return nil }
    return Remedy(
      id: "smaller-batch", change: ["data.batchSize": .integer(size / 2)], effort: .short,
      rationale: Localized(
        "Half the batch size gives twice the updates in each epoch.",
        korean: "배치 크기를 절반으로 줄이면 에폭마다 갱신 횟수가 두 배가 됩니다."))
  }

  /// Twice the batch size: less noise in each gradient.
  var largerBatch: Remedy? {
    guard let size = settings.integer("data.batchSize"), size * 2 <= run.task.trainSamples else {
      return nil
    }
    return Remedy(
      id: "larger-batch", change: ["data.batchSize": .integer(size * 2)], effort: .short,
      rationale: Localized(
        "Averaging over twice the samples halves the variance of the gradient.",
        korean: "배치 크기를 두 배로 늘리면 기울기의 분산이 절반으로 줄어듭니다."))
  }

  /// All training samples in one step, for a method that minds the noise of smaller batches.
  var wholeBatch: Remedy? {
    guard let noise = run.preflight?.stepNoise, noise.samples < noise.total else { return nil }
    return Remedy(
      id: "whole-batch", change: ["data.batchSize": "all", "training.accumulate": 1],
      effort: .short,
      rationale: Localized(
        "With all training samples in each step the loss is one function of the weights.",
        korean: "스텝마다 훈련 샘플 전체를 쓰면 손실이 가중치만의 함수가 됩니다."))
  }

  /// An exponential moving average of the weights.
  var averaging: Remedy? {
    guard settings.value("training.averaging") ?? "none" == "none" else { return nil }
    return Remedy(
      id: "weight-averaging", change: ["training.averaging": "ema"], effort: .short,
      rationale: Localized(
        "Averaged weights evaluate smoothly although the steps oscillate.",
        korean: "가중치의 이동 평균을 쓰면 갱신이 진동해도 평가 결과가 안정됩니다."))
  }

  /// 32-bit arithmetic where the run used less.
  var fullPrecision: Remedy? {
    guard run.precision != "fp32", !run.precision.isEmpty else { return nil }
    return Remedy(
      id: "full-precision", change: ["training.precision": "fp32"], effort: .short,
      rationale: Localized(
        "Numbers of 32 bits overflow later than \(run.precision).",
        korean: "fp32는 \(run.precision)보다 표현 범위와 정밀도가 커서 수치 오류가 덜 납니다."))
  }
}
