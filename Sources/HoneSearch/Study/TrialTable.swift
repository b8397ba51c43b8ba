import HoneRecords

/// The finished trials of a study as columns of numbers, kept in the orders that samplers need.
///
/// A row is a trial that says something about its point; rows are appended as trials finish.
struct TrialTable: Sendable {
  /// Where a trial stands among the others; the smaller the better.
  struct Rank: Sendable, Equatable {
    /// 0 completed, 1 pruned after a report, 2 pruned before one or diverged, 3 constraint broken.
    var tier: Int
    var first: Double
    var second: Double
    var number: Int

    func precedes(_ other: Rank) -> Bool {
      if tier != other.tier { return tier < other.tier }
      if first != other.first { return first < other.first }
      if second != other.second { return second < other.second }
      return number < other.number
    }
  }

  let names: [String]
  let axes: [Axis]
  let directions: [ObjectiveDirection]
  /// The trial's number of each row.
  private(set) var numbers: [Int] = []
  /// The transformed value of each parameter in each row; not a number where it had none.
  private(set) var columns: [[Double]]
  /// The rows that have a parameter, by its value and then by trial number.
  private(set) var sorted: [[Int]]
  /// All rows by trial number.
  private(set) var order: [Int] = []
  /// The rows of finished trials, the best first; of one objective only.
  private(set) var ranking: [Int] = []
  private(set) var ranks: [Rank] = []
  /// The values of each row, turned so that smaller is better.
  private(set) var losses: [[Double]] = []
  /// How many rows have each parameter.
  private(set) var present: [Int]

  init(space: SearchSpace, objectives: [ObjectiveRecord]) {
    names = space.parameters.map(\.name)
    axes = space.parameters.map { Axis($0.distribution) }
    directions = objectives.map(\.direction)
    columns = axes.map { _ in [] }
    sorted = axes.map { _ in [] }
    present = axes.map { _ in 0 }
  }

  var count: Int { numbers.count }

  /// Adds a trial that has finished or rests, or nothing where it says nothing about its point.
  mutating func append(_ trial: TrialRecord) {
    guard let rank = rank(of: trial) else { return }
    let row = appendPoint(trial)
    ranks.append(rank)
    losses.append(trial.values.count == directions.count ? turned(trial.values) : [])
    let place = ranking.partition { !rank.precedes(ranks[$0]) }
    ranking.insert(row, at: place)
  }

  /// Adds a trial that runs, which counts as a bad one (the constant liar).
  mutating func append(running trial: TrialRecord) {
    _ = appendPoint(trial)
    ranks.append(Rank(tier: 4, first: 0, second: 0, number: trial.number))
    losses.append([])
  }

  private mutating func appendPoint(_ trial: TrialRecord) -> Int {
    let row = numbers.count
    numbers.append(trial.number)
    for index in axes.indices {
      let value = trial.parameters[names[index]].flatMap { axes[index].encoded($0) } ?? .nan
      columns[index].append(value)
      guard !value.isNaN else { continue }
      present[index] += 1
      let place = sorted[index].partition { other in
        let there = columns[index][other]
        return there < value || (there == value && numbers[other] < trial.number)
      }
      sorted[index].insert(row, at: place)
    }
    if let last = order.last, numbers[last] > trial.number {
      order.insert(row, at: order.partition { numbers[$0] < trial.number })
    } else {
      order.append(row)
    }
    return row
  }

  private func turned(_ values: [Double]) -> [Double] {
    values.indices.map { directions[$0].loss(values[$0]) }
  }

  private func rank(of trial: TrialRecord) -> Rank? {
    let number = trial.number
    switch trial.state {
    case .completed:
      guard trial.values.count == directions.count, let value = trial.values.first,
        !trial.values.contains(where: \.isNaN)
      else { return nil }
      if trial.violation > 0 {
        return Rank(tier: 3, first: trial.violation, second: 0, number: number)
      }
      return Rank(tier: 0, first: directions[0].loss(value), second: 0, number: number)
    case .pruned, .paused:
      guard let last = trial.reports.last, let value = last.values.first else {
        return Rank(tier: 2, first: 0, second: 0, number: number)
      }
      let loss = value.isNaN ? .infinity : directions[0].loss(value)
      return Rank(tier: 1, first: -Double(last.step), second: loss, number: number)
    case .failed:
      switch trial.failure {
      case .diverged, .notLearning, .timeout:
        return Rank(tier: 2, first: 1, second: 0, number: number)
      case .outOfMemory: return Rank(tier: 3, first: .infinity, second: 0, number: number)
      default: return nil
      }
    case .waiting, .running: return nil
    }
  }
}

extension Array {
  /// How many elements at the beginning satisfy a condition that no later one does, by bisection.
  func partition(where isBefore: (Element) -> Bool) -> Int {
    // Most insertions are at the end.
    if let last, isBefore(last) { return count }
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
