import HoneText

extension Configuration {
  /// Values of stopping and keeping that do not go together.
  var stoppingConflicts: [ConfigurationProblem] {
    var result: [ConfigurationProblem] = []
    if let stopping = training.earlyStopping, stopping.kind != .patience {
      switch stopping.monitor {
      case .validationLoss, .trainLoss: break
      case .validationMetric, .metric:
        result.append(
          problem(
            at: "training.earlyStopping.monitor",
            Localized(
              "\(stopping.kind.rawValue) compares an error with its lowest and watches a loss: "
                + "validationLoss or trainLoss.",
              korean: "\(stopping.kind.rawValue)은(는) 오차를 가장 낮았던 값과 비교하므로 validationLoss나 "
                + "trainLoss를 살펴봅니다.")))
      }
    }
    if training.keep.cycleEnds {
      switch schedule.course {
      case .warmRestarts where schedule.unit == .epochs, .cyclic where schedule.unit == .epochs:
        break
      default:
        result.append(
          problem(
            at: "training.keep.cycleEnds",
            Localized(
              "the schedule has no cycles of epochs. Use schedule.kind: warmRestarts or cyclic, or "
                + "keep.every.",
              korean: "학습률 일정에 에폭 단위의 주기가 없습니다. schedule.kind를 warmRestarts나 cyclic으로 하거나 "
                + "keep.every를 사용하십시오.")))
      }
    }
    return result
  }
}
