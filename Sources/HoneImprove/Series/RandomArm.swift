import Foundation
import HoneRecords
import HoneSearch

/// Random configurations over the ranges that are usually worth searching, to hold remedies against.
struct RandomArm {
  /// Configurations tried at most.
  static let mostTrials = 200

  private static let objectives = [ObjectiveRecord(name: "score", direction: .maximize)]
  private let subject: any ExperimentSubject
  private let history: SearchHistory?

  /// - Parameters:
  ///   - subject: what is searched.
  ///   - base: the unchanged recipe's run.
  init(_ subject: any ExperimentSubject, base: RunRecord) {
    self.subject = subject
    let parameters = Self.ranges(base).filter { parameter in
      // A range is searched where the recipe takes values of it.
      let key = TrialKey(seed: 0, number: 0)
      guard let space = try? SearchSpace([parameter]),
        let point = RandomSampler().suggest(
          for: key, given: SearchHistory(space: space, objectives: Self.objectives))
      else { return false }
      return subject.configuration(with: Self.change(point)) != nil
    }
    history = (try? SearchSpace(parameters)).map {
      SearchHistory(space: $0, objectives: Self.objectives)
    }
  }

  /// The change of a trial; nil where nothing can be searched.
  func change(_ number: Int, seed: UInt64) -> RecipeChange? {
    guard let history else { return nil }
    // Values that do not go together are drawn again.
    for attempt in 0..<20 {
      let key = TrialKey(seed: seed, number: 1_000 * number + attempt)
      guard let point = RandomSampler().suggest(for: key, given: history) else { return nil }
      let change = Self.change(point)
      if !change.isEmpty, subject.configuration(with: change) != nil { return change }
    }
    return nil
  }

  private static func change(_ point: [String: HyperparameterValue]) -> RecipeChange {
    point.mapValues(\.configuration)
  }

  /// The ranges of `hone search --tune`.
  private static func ranges(_ base: RunRecord) -> [SearchParameter] {
    let tree =
      (try? JSONDecoder().decode(
        ConfigurationValue.self, from: Data(base.configuration.utf8))) ?? .null
    let present = abs(tree.number(at: ["optimizer", "learningRate"]) ?? 1e-3)
    let rate = present > 0 ? present : 1e-3
    return [
      .float("optimizer.learningRate", rate / 100...max(rate, min(1, rate * 100)), scale: .log),
      .float("optimizer.weightDecay", 1e-6...0.3, scale: .log), .float("model.dropout", 0...0.6),
      .integer("data.batchSize", 16...256, scale: .log, step: 16),
      .float("optimizer.momentum", 0.5...0.99, scale: .logit),
      .float("loss.labelSmoothing", 0...0.2),
      .choice("model.activation", ["relu", "gelu", "silu", "tanh"]),
      .float("training.gradientClip.norm", 0.1...10, scale: .log),
    ]
  }
}

extension ConfigurationValue {
  /// The number at the end of a path of keys.
  fileprivate func number(at path: [String]) -> Double? {
    var value = self
    for key in path {
      guard case .map(let map) = value, let next = map[key] else { return nil }
      value = next
    }
    switch value {
    case .integer(let whole): return Double(whole)
    case .number(let number): return number
    default: return nil
    }
  }
}
