public import HoneConfiguration
import HoneData
import HoneRecords
import HoneText
import HoneTrain

extension AssembledRun {
  /// Lets the run learn the answers of trained models besides the labels, as its configuration says.
  /// - Parameter teachers: the models of the runs that the configuration names.
  /// - Throws: `ConfigurationError` where a teacher sees samples otherwise or has other classes.
  public mutating func distill(from teachers: [StoredModel]) throws {
    guard let settings = configuration.training.distillation else { return }
    let task = record.task
    guard !task.classes.isEmpty, outputs(of: configuration, task) == task.classes.count else {
      throw refusal(
        "distillation needs a classifier with a logit for each class.",
        korean: "증류에는 클래스마다 로짓이 하나씩 있는 분류기가 필요합니다.")
    }
    for teacher in teachers {
      let run = teacher.file.run
      guard run.task.classes == task.classes,
        outputs(of: teacher.configuration, run.task) == task.classes.count
      else {
        throw refusal(
          "run \(run.id) tells other classes apart, or has no logit for each.",
          korean: "실행 \(run.id)의 클래스가 다르거나 클래스마다의 로짓이 없습니다.")
      }
      guard teacher.file.preprocessor.withoutOffsets == preprocessor.withoutOffsets else {
        throw refusal(
          "run \(run.id) was trained on samples that are prepared otherwise. Use the same data, split "
            + "(data.splitSeed) and preparation.",
          korean: "실행 \(run.id)은(는) 다르게 준비된 샘플로 학습했습니다. 데이터, 분할(data.splitSeed), 준비 "
            + "방법을 같게 하십시오.")
      }
    }
    plan.distillation = Distillation(
      teachers: teachers.map(\.model), temperature: settings.temperature, mixing: settings.mixing)
  }

  private func outputs(of configuration: Configuration, _ task: TaskRecord) -> Int {
    configuration.modelOutputs(task: task.kind, classes: task.classes.count)
  }

  private func refusal(_ english: String, korean: String) -> ConfigurationError {
    configuration.problem(at: "training.distillation", Localized(english, korean: korean))
  }
}

extension Configuration {
  /// Refuses what a run alone can do: an experiment of many runs has no teachers.
  /// - Throws: `ConfigurationError`.
  public func checkStandsAlone() throws {
    guard training.distillation == nil else {
      throw problem(
        at: "training.distillation",
        Localized(
          "teachers are for single runs. Improve first, then distill the runs that came of it.",
          korean: "교사는 단일 실행에만 쓸 수 있습니다. 먼저 개선한 뒤 그 실행을 증류하십시오."))
    }
  }
}

extension Preprocessor {
  /// The preparation of inputs, without what is done to outputs.
  fileprivate var withoutOffsets: Preprocessor {
    var copy = self
    copy.logitOffsets = nil
    return copy
  }
}
