import HoneConfiguration
import HoneText

extension TrainVerb {
  /// Fills in what options of this verb say of the configuration.
  func complete(_ configuration: inout Configuration) throws {
    if let budget {
      let steps = configuration.training.budget?.steps
      configuration.training.budget = .init(seconds: budget.seconds, steps: steps)
    }
    if let tensorboard { configuration.training.log.tensorBoard = tensorboard }
    try refuseSeeds(configuration)
    if !distill.isEmpty {
      var distillation =
        configuration.training.distillation ?? TrainingConfiguration.Distillation(teachers: [])
      distillation.teachers = distill
      configuration.training.distillation = distillation
    }
    if let distillTemperature {
      guard distillTemperature > 0, distillTemperature.isFinite else {
        throw CommandFailure.usage(
          Localized(
            "--distill-temperature \(distillTemperature): it must be above 0.",
            korean: "--distill-temperature \(distillTemperature): 0보다 커야 합니다."))
      }
      configuration.training.distillation?.temperature = distillTemperature
    }
    if let distillMixing {
      guard (0...1).contains(distillMixing) else {
        throw CommandFailure.usage(
          Localized(
            "--distill-mixing \(distillMixing): it must lie between 0 and 1.",
            korean: "--distill-mixing \(distillMixing): 0과 1 사이여야 합니다."))
      }
      configuration.training.distillation?.mixing = distillMixing
    }
    guard
      configuration.training.distillation != nil
        || (distillTemperature == nil && distillMixing == nil)
    else {
      throw CommandFailure.usage(
        Localized(
          "--distill-temperature and --distill-mixing go with --distill RUN….",
          korean: "--distill-temperature와 --distill-mixing은 --distill RUN…과 함께 씁니다."))
    }
  }

  private func refuseSeeds(_ configuration: Configuration) throws {
    guard let seeds else { return }
    if seeds < 2 {
      throw CommandFailure.usage(
        Localized(
          "--seeds \(seeds): an ensemble needs at least 2 runs.",
          korean: "--seeds \(seeds): 앙상블에는 실행이 2개 이상 있어야 합니다."))
    }
    if resume != nil || configuration.data.folds != nil || plan {
      throw CommandFailure.usage(
        Localized(
          "--seeds is for new runs of one split: leave out --resume, --folds and --plan.",
          korean: "--seeds는 한 가지 분할의 새 실행에 씁니다. --resume, --folds, --plan을 빼십시오."))
    }
  }
}
