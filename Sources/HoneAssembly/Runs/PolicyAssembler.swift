import HoneConfiguration
import HoneMetrics
import HoneRecords
import HoneText
public import HoneTrain

extension Configuration {
  /// The policies that the configuration asks for.
  func livePolicies(monitor: HoneTrain.Monitor) -> [any TrainingPolicy] {
    var policies: [any TrainingPolicy] = []
    if case .plateau(let factor, let patience, let threshold, let cooldown, let minimum) =
      schedule.course
    {
      policies.append(
        PlateauSchedule(
          monitor: monitor, factor: factor, patience: patience, threshold: threshold,
          cooldown: cooldown, minimum: minimum))
    }
    if let divergence = training.divergence {
      policies.append(StopOnDivergence(factor: divergence.factor, epochs: divergence.epochs))
    }
    if let stopping = training.earlyStopping { policies.append(stopping.live(monitor)) }
    if let budget = training.budget, budget.seconds != nil || budget.steps != nil {
      policies.append(TrainingBudget(seconds: budget.seconds, steps: budget.steps))
    }
    return policies
  }

  /// What early stopping watches, of what the run measures.
  /// - Throws: `ConfigurationError` for a metric that is not the run's own.
  func liveMonitor(_ monitor: TrainingConfiguration.Monitor, of plan: TrainingPlan) throws
    -> HoneTrain.Monitor
  {
    if case .metric(let name) = monitor, name != plan.metric {
      throw problem(
        at: "training.earlyStopping.monitor",
        Localized(
          "\(name.rawValue) is not measured after each epoch: the run's metric is "
            + "\(plan.metric.rawValue). Set training.metric: \(name.rawValue), or watch "
            + "\(plan.metric.rawValue).",
          korean: "에폭마다 \(name.rawValue)을(를) 재지 않습니다. 이 실행의 지표는 "
            + "\(plan.metric.rawValue)입니다. training.metric: \(name.rawValue)을(를) 쓰거나 "
            + "\(plan.metric.rawValue)을(를) 살펴보십시오."))
    }
    switch monitor {
    case .trainLoss: return .trainLoss
    case .validationLoss: return plan.validation == nil ? .trainLoss : .validationLoss
    case .validationMetric, .metric:
      return plan.validation == nil ? .trainLoss : .validationMetric(plan.metric)
    }
  }

  /// Which epochs' weights are kept.
  var liveKeeping: WeightKeeping {
    let keep = training.keep
    return WeightKeeping(
      best: keep.best, last: keep.last, every: keep.every,
      epochs: keep.cycleEnds ? Set(cycleEnds) : [])
  }

  /// The epochs in which the schedule's cycles end, the run's last among them where a cycle ends there.
  private var cycleEnds: [Int] {
    var ends: [Int] = []
    var length: Double
    var factor = 1.0
    switch schedule.course {
    case .warmRestarts(let period, let multiplier, _):
      (length, factor) = (Double(period), multiplier)
    case .cyclic(_, let up, let down, _, _): length = up + (down ?? up)
    default: return []
    }
    var end = schedule.warmupEpochs
    while length > 0 {
      end += length
      length *= factor
      let epoch = Int(end.rounded(.up))
      if epoch > training.epochs { break }
      if epoch > 0 { ends.append(epoch) }
      if ends.count > training.epochs { break }
    }
    return ends
  }
}

extension HoneConfiguration.TrainingConfiguration.EarlyStopping {
  fileprivate func live(_ monitor: HoneTrain.Monitor) -> any TrainingPolicy {
    switch kind {
    case .patience:
      EarlyStopping(monitor: monitor, patience: patience, minimumDelta: minimumDelta)
    case .generalizationLoss:
      PrecheltStopping(.generalizationLoss(percent: threshold ?? 5), monitor: monitor)
    case .progressQuotient:
      PrecheltStopping(
        .progressQuotient(threshold: threshold ?? 0.75, strip: stripLength), monitor: monitor)
    case .strips:
      PrecheltStopping(.risingStrips(count: strips, strip: stripLength), monitor: monitor)
    }
  }
}

extension AssembledRun {
  /// What writes the run's course to the files that the configuration names.
  public var logs: [any TrainingObserver] {
    let log = configuration.training.log
    return [
      log.csv.map { CSVObserver(path: $0) as any TrainingObserver },
      log.jsonLines.map { JSONLinesObserver(path: $0) },
    ].compactMap { $0 }
  }

  /// The files that ``logs`` write to.
  public var logFiles: [String] {
    let log = configuration.training.log
    return [log.csv, log.jsonLines].compactMap { $0?.replacing("{run}", with: record.id) }
  }

  /// The folder for the run's TensorBoard events; nil where the configuration wants none.
  public var tensorBoardFolder: String? {
    configuration.training.log.tensorBoard.map { folder in
      folder.contains("{run}")
        ? folder.replacing("{run}", with: record.id) : "\(folder)/\(record.id)"
    }
  }

  /// What keeps the weights of the epochs that the configuration chooses; nil where it chooses none.
  /// - Parameter folder: the run's folder.
  public func keeper(in folder: String) -> WeightKeeper? {
    let keeping = configuration.liveKeeping
    return keeping.isEmpty
      ? nil : WeightKeeper(keeping, folder: folder, preprocessor: preprocessor)
  }
}
