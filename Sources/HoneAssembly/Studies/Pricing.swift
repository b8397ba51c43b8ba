import Foundation
import HoneNumerics
import HoneRecords
import HoneText

/// What ways on would buy, from runs on parts of the data.
struct Pricing {
  typealias Option = LearningCurveRecord.Option

  let points: [LearningCurveRecord.Point]

  init(_ points: [LearningCurveRecord.Point]) {
    self.points = points
  }

  /// The standard deviation of a run's error from seed to seed, over all parts.
  private var deviation: Double {
    let squares = points.flatMap { point in point.errors.map { pow($0 - point.mean, 2) } }
    let free = points.reduce(0) { $0 + $1.errors.count - 1 }
    return free > 0 ? (squares.reduce(0, +) / Double(free)).squareRoot() : 0
  }

  /// Twice the samples.
  ///
  /// Under error = floor + a n^-b each doubling saves the same share of what the doubling before it saved,
  /// so the last two doublings give the next one without knowing the floor (Aitken 1926).
  func moreData(samples: Int) -> Option {
    let seeds = Double(max(points.last?.errors.count ?? 1, 1))
    let error = deviation / seeds.squareRoot()
    var stream = RandomStream(seed: 0, "learning curve pricing")
    let means = points.map(\.mean)
    let drawn = (0..<4000).map { _ in
      Self.nextGain(means.map { $0 + error * stream.normal() })
    }
    return Option(
      kind: .moreData, change: "\(samples) more training samples", gain: Self.nextGain(means),
      interval: [drawn.quantile(0.025), drawn.quantile(0.975)],
      seconds: 2 * (points.last?.seconds ?? 0), newSamples: samples)
  }

  /// What the next doubling saves, by the last two; never more than the last one did.
  static func nextGain(_ errors: [Double]) -> Double {
    guard errors.count >= 3 else { return 0 }
    let last = errors[errors.count - 2] - errors[errors.count - 1]
    let before = errors[errors.count - 3] - errors[errors.count - 2]
    guard last > 0 else { return last }
    let ratio = before > 0 ? min(last / before, 1) : 1
    return last * ratio
  }

  /// A changed configuration against the unchanged one, with the same seeds.
  /// - Parameter tried: how many changes of the kind the best was chosen from.
  func paired(
    _ kind: Option.Kind, _ change: String, _ full: [StudyRun], _ changed: [StudyRun], tried: Int
  ) -> Option {
    let gains = zip(full, changed).map { $0.error - $1.error }
    // Bonferroni over the changes tried, with the deviation of all runs: a handful of differences
    // cannot tell their own.
    let level = 1 - 0.05 / Double(2 * max(tried, 1))
    let own = gains.count > 1 ? gains.standardDeviation() : 0
    let spread = max(own, 2.0.squareRoot() * deviation)
    let half =
      NormalDistribution.quantile(level) * spread / Double(max(gains.count, 1)).squareRoot()
    let gain = gains.mean()
    return Option(
      kind: kind, change: change, gain: gain, interval: [gain - half, gain + half],
      seconds: changed.meanSeconds)
  }

  /// What is proven first, then by the gain for each second of a run; data that a person has to collect
  /// stand behind what a machine can do where both gain alike.
  static func ordered(_ options: [Option]) -> [Option] {
    func worth(_ option: Option) -> Double { option.gain / max(option.seconds, 1e-9) }
    return options.sorted { first, second in
      let proven = (first.interval[0] > 0, second.interval[0] > 0)
      if proven.0 != proven.1 { return proven.0 }
      if !proven.0 { return first.gain > second.gain }
      let kinds = (first.newSamples > 0, second.newSamples > 0)
      if kinds.0 != kinds.1, first.gain < 2 * second.gain, second.gain < 2 * first.gain {
        return kinds.1
      }
      return kinds.0 == kinds.1 ? worth(first) > worth(second) : first.gain > second.gain
    }
  }

  /// The sentence under the table.
  static func conclusion(_ options: [Option], seeds: Int) -> Localized {
    guard let first = options.first, first.interval[0] > 0 else {
      return Localized(
        "None of the ways tried saves more than \(seeds) seeds can show: neither more data, nor "
          + "another learning rate, nor a larger model is worth its price yet.",
        korean: "시드 \(seeds)개로 확인되는 개선이 없습니다. 데이터 추가, 학습률 조정, 더 큰 모델 모두 아직 비용만큼의 "
          + "가치가 없습니다.")
    }
    let gain = Formatting.significant(first.gain, digits: 2)
    let low = Formatting.significant(first.interval[0], digits: 2)
    let high = Formatting.significant(first.interval[1], digits: 2)
    switch first.kind {
    case .moreData:
      return Localized(
        "More data pay best: \(first.newSamples) further training samples would save an error of about "
          + "\(gain) (\(low) to \(high)).",
        korean: "데이터를 늘리는 것이 가장 낫습니다. 학습 샘플 \(first.newSamples)개를 더하면 오차가 약 "
          + "\(gain)(\(low)~\(high)) 줄어들 것으로 보입니다.")
    case .tuning:
      return Localized(
        "Tuning pays best: \(first.change) saves an error of \(gain) (\(low) to \(high)) at the cost of a "
          + "run.",
        korean: "조정이 가장 낫습니다. \(first.change)(으)로 바꾸면 오차가 \(gain)(\(low)~\(high)) 줄어듭니다.")
    case .largerModel:
      return Localized(
        "A larger model pays best: \(first.change) saves an error of \(gain) (\(low) to \(high)).",
        korean: "더 큰 모델이 가장 낫습니다. \(first.change)(으)로 오차가 \(gain)(\(low)~\(high)) 줄어듭니다.")
    }
  }
}
