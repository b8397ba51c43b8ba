import Foundation
public import HoneConfiguration
public import HoneData
import HoneNumerics
public import HoneRecords
import HoneText
import HoneTrain

/// Trains models of one kind from large to small and names the smallest that is as good as the best.
///
/// ```swift
/// let record = try CapacityStudy(configuration, data: data, split: split).run()
/// print(record.points[record.smallest].parameters)
/// ```
///
/// Every model is judged by its validation loss at its best epoch; the test split is not touched.
public struct CapacityStudy {
  /// Factors of width and of depth, from large to small: first both together, then each alone.
  public static let factors: [(width: Double, depth: Double)] = [
    (2, 1), (1, 2), (1, 1), (0.5, 1), (1, 0.5), (0.25, 1), (0.25, 0.5),
  ]

  let configuration: Configuration
  let data: Dataset
  let split: Split
  let options: StudyOptions

  /// A sweep over sizes of a configuration's model.
  /// - Parameters:
  ///   - configuration: what to train.
  ///   - data: the data.
  ///   - split: the parts of the data; its test samples are left alone.
  ///   - options: seeds and time; larger models are left out where the time does not allow them.
  public init(
    _ configuration: Configuration, data: Dataset, split: Split,
    options: StudyOptions = StudyOptions(seeds: 2)
  ) {
    self.configuration = configuration
    self.data = data
    self.split = split
    self.options = options
  }

  /// Runs the sweep.
  /// - Throws: `ConfigurationError` where the model has no size to change or there is nothing to
  ///   validate on; `CancellationError` where a stop was requested; what training throws.
  public func run() throws -> CapacityRecord {
    let started = ContinuousClock.now
    let whole = try AssembledRun(configuration, data: data, split: split)
    let resolved = try Configuration(text: whole.record.configuration)
    guard !split.validation.isEmpty, resolved.model.architecture.scaled(width: 2, depth: 1) != nil
    else {
      throw configuration.problem(
        at: "model",
        Localized(
          "a capacity sweep needs a ready model whose width can be scaled (mlp, cnn, resnet20, lstm, "
            + "…) and a validation split.",
          korean: "용량 탐색에는 너비를 조절할 수 있는 준비된 모델(mlp, cnn, resnet20, lstm, …)과 검증 데이터가 "
            + "필요합니다."))
    }
    var points: [CapacityRecord.Point] = []
    // The present size first, then the cheap ones: what is left out for want of time is the largest.
    let order = Self.factors.sorted {
      ($0.width == 1 && $0.depth == 1 ? 0 : $0.width * $0.depth)
        < ($1.width == 1 && $1.depth == 1 ? 0 : $1.width * $1.depth)
    }
    var usual = 0.0
    for factor in order {
      var changed = resolved
      if factor.width != 1 || factor.depth != 1 {
        guard
          let scaled = resolved.model.architecture.scaled(
            width: factor.width, depth: factor.depth)
        else { continue }
        changed.model.architecture = scaled
      }
      // Twice the width costs up to four times the multiplications.
      let cost = usual * factor.width * factor.width * factor.depth * Double(options.seeds)
      let spent = started.duration(to: .now) / .seconds(1)
      if let budget = options.budgetSeconds, usual > 0, spent + cost > budget { continue }
      let runs = try train(changed, named: "width x \(factor.width), depth x \(factor.depth)")
      if usual == 0 { usual = runs.meanSeconds }
      if runs.allSatisfy({ $0.loss.isFinite }) { points.append(point(factor, runs)) }
    }
    guard !points.isEmpty else {
      throw configuration.problem(
        at: "optimizer",
        Localized(
          "every model of the sweep diverged. Mend that first.",
          korean: "탐색한 모델이 모두 발산했습니다. 먼저 이를 해결하십시오."))
    }
    return CapacityRecord(points: points, seconds: started.duration(to: .now) / .seconds(1))
  }

  private func train(_ changed: Configuration, named name: String) throws -> [StudyRun] {
    try (0..<options.seeds).map { number in
      let seed = configuration.training.seed &+ UInt64(number)
      let run = try StudyRun(
        changed, data: data, split: split, seed: seed, stopRequested: options.stopRequested)
      options.observe("\(name), seed \(seed)", run.loss, run.seconds)
      return run
    }
  }

  private func point(
    _ factor: (width: Double, depth: Double), _ runs: [StudyRun]
  ) -> CapacityRecord.Point {
    let losses = runs.map(\.loss)
    let sampling = runs.map(\.lossError).mean()
    return CapacityRecord.Point(
      width: factor.width, depth: factor.depth, parameters: runs.first?.parameters ?? 0,
      losses: losses, loss: losses.mean(), standardError: hypot(losses.standardError(), sampling),
      metric: runs.map(\.metric).mean(), seconds: runs.meanSeconds)
  }
}
