import HoneRecords
import HoneText

extension RemedyCatalogue {
  /// Standardized inputs.
  var normalizeInput: Remedy? {
    guard run.task.input != .text, settings.word("data.normalize") != "standardize",
      settings.value("data.normalize.mean") == nil
    else { return nil }
    return Remedy(
      id: "normalize-input", change: ["data.normalize": "standardize"], effort: .short,
      rationale: Localized(
        "Inputs of mean 0 and variance 1 condition the first layer well (LeCun et al. 1998).",
        korean: "입력을 평균 0, 분산 1로 표준화하면 첫 층의 학습이 쉬워집니다(LeCun 외 1998)."))
  }

  /// Random crops, and flips where a mirrored sample keeps its class.
  var augmentation: Remedy? {
    guard run.task.input == .image, !hasAugmentation, let side = run.task.sampleShape.last else {
      return nil
    }
    // Four pixels on 32, as He et al. 2016 pad CIFAR images, in proportion for other sizes.
    let crop: ConfigurationValue = ["randomCrop": ["padding": .integer(max(1, side / 8))]]
    let steps: [ConfigurationValue] = mayFlip ? [crop, "horizontalFlip"] : [crop]
    return Remedy(
      id: "augmentation", change: ["augment": .list(steps)], effort: .short,
      rationale: Localized(
        mayFlip
          ? "Shifted and mirrored copies keep their class and stand in for more data."
          : "Shifted copies keep their class and stand in for more data.",
        korean: mayFlip
          ? "이동하거나 좌우로 뒤집은 이미지는 클래스가 그대로이므로 데이터를 늘린 효과를 냅니다."
          : "조금 이동한 이미지는 클래스가 그대로이므로 데이터를 늘린 효과를 냅니다."))
  }

  /// Decoupled weight decay, ten times what the run has, at most 0.1.
  var weightDecay: Remedy? {
    let present = settings.number("optimizer.weightDecay") ?? 0
    let adaptive = settings.word("optimizer.kind")?.lowercased().contains("adam") ?? false
    let start = adaptive ? 1e-2 : 5e-4
    let target = present > 0 ? min(present * 10, 0.1) : start
    guard target > present else { return nil }
    return Remedy(
      id: "weight-decay", change: ["optimizer.weightDecay": .number(target)], effort: .short,
      rationale: Localized(
        "Smaller weights make a smoother function (Krogh and Hertz 1992).",
        korean: "가중치 감쇠는 가중치를 작게 유지하여 더 매끄러운 함수를 얻게 합니다(Krogh와 Hertz 1992)."))
  }

  /// Label smoothing of 0.1.
  var labelSmoothing: Remedy? {
    guard run.task.kind == .multiclass, settings.number("loss.labelSmoothing") ?? 0 == 0,
      settings.word("loss.kind") ?? settings.word("loss") ?? "crossEntropy" == "crossEntropy"
    else { return nil }
    return Remedy(
      id: "label-smoothing", change: ["loss.labelSmoothing": 0.1], effort: .short,
      rationale: Localized(
        "Soft targets stop the model from growing ever more certain (Szegedy et al. 2016).",
        korean: "레이블 스무딩은 모델이 지나치게 확신하는 것을 막습니다(Szegedy 외 2016)."))
  }

  /// Stopping at the best validation loss, with its weights.
  var earlyStopping: Remedy? {
    guard settings.value("training.earlyStopping") == nil else { return nil }
    let stop: ConfigurationValue = [
      "monitor": "validationLoss", "patience": 5, "restoreBest": true,
    ]
    return Remedy(
      id: "early-stopping", change: ["training.earlyStopping": stop], effort: .free,
      rationale: Localized(
        "The weights of the epoch with the lowest validation loss generalize best.",
        korean: "검증 손실이 가장 낮은 에폭의 가중치가 일반화 성능이 가장 좋습니다."))
  }

  /// Weights of the classes in the loss.
  var classWeights: Remedy? { balance("classWeights", id: "class-weights") }

  /// Rare classes drawn more often.
  var oversample: Remedy? { balance("oversample", id: "oversample") }

  /// A larger validation split.
  var largerValidation: Remedy? {
    let total = run.task.trainSamples + run.task.validationSamples
    guard total > 0, Double(run.task.validationSamples) / Double(total) < 0.2 else { return nil }
    return Remedy(
      id: "larger-validation", change: ["data.validation": 0.2], effort: .short,
      rationale: Localized(
        "Four times the samples halve the standard error of the validation metric.",
        korean: "검증 표본이 네 배가 되면 검증 지표의 표준 오차가 절반이 됩니다."))
  }

  /// More threads for the command.
  var moreThreads: Remedy? {
    Remedy(
      id: "more-threads", change: [:], effort: .manual,
      rationale: Localized(
        "Give the loader more threads (--threads), or keep decoded samples on a faster disk.",
        korean: "--threads로 작업 스레드를 늘리거나 데이터를 더 빠른 디스크에 두십시오."))
  }

  /// A person looks at the data.
  var cleanData: Remedy? {
    Remedy(
      id: "clean-data", change: [:], effort: .manual,
      rationale: Localized(
        "Find the samples with missing or infinite values and mend or remove them.",
        korean: "결측값이나 무한대가 있는 표본을 찾아 고치거나 제거하십시오."))
  }

  private func balance(_ kind: String, id: String) -> Remedy? {
    guard settings.word("data.balance") ?? "none" == "none" else { return nil }
    return Remedy(
      id: id, change: ["data.balance": .string(kind)], effort: .short,
      rationale: Localized(
        "Errors on rare classes count as much as errors on frequent ones.",
        korean: "드문 클래스의 오류도 흔한 클래스의 오류와 같은 비중으로 다룹니다."))
  }

  private var hasAugmentation: Bool {
    if case .list(let steps) = settings.value("augment") { return !steps.isEmpty }
    return false
  }

  /// Letters and digits change their meaning when mirrored; named things do not.
  private var mayFlip: Bool {
    !run.task.classes.isEmpty
      && run.task.classes.allSatisfy { $0.count > 1 && Double($0) == nil }
  }
}
