import HoneNumerics
public import HoneRecords

/// NSGA-II (Deb and others 2002): a population that is crossed and mutated, of which the undominated
/// and least crowded stay.
///
/// For several objectives and many trials.
public struct GeneticSampler: TrialSampler {
  /// How many trials make a generation.
  public var population: Int
  /// How often a child has two parents.
  public var crossover: Double
  /// How often a crossed child takes a value of the second parent.
  public var swap: Double

  /// The name that commands and files use.
  public var name: String { "nsga2" }

  /// A sampler.
  public init(population: Int = 50, crossover: Double = 0.9, swap: Double = 0.5) {
    self.population = population
    self.crossover = crossover
    self.swap = swap
  }

  private struct Member {
    let trial: TrialRecord
    let losses: [Double]
    let violation: Double
  }

  /// A child of the newest full generation; random while there is none.
  public func suggest(
    for trial: TrialKey, given history: SearchHistory
  ) -> [String: HyperparameterValue]? {
    let parents = parents(history)
    guard parents.count >= 2 else { return RandomSampler.point(trial, history.space) }
    var stream = trial.stream("nsga2")
    let first = tournament(parents, &stream)
    let second = stream.uniform() < crossover ? tournament(parents, &stream) : first
    let mutation = 1 / Double(max(1, history.space.parameters.count))
    var values: [String: HyperparameterValue] = [:]
    for parameter in history.space.parameters {
      let isSwapped = stream.uniform() < swap
      let isMutated = stream.uniform() < mutation
      let source = (isSwapped ? second : first).trial.parameters[parameter.name]
      let inherited = source.flatMap { parameter.distribution.normalized($0) }
      values[parameter.name] =
        isMutated
        ? RandomSampler.value(parameter, trial)
        : inherited ?? RandomSampler.value(parameter, trial)
    }
    return history.space.active(values)
  }

  private func parents(_ history: SearchHistory) -> [Member] {
    var elite: [Member] = []
    _ = GenerationReplay(
      history.finished, size: population,
      counts: { $0.state == .completed && $0.values.count == history.objectives.count },
      close: { members in
        elite = select(
          elite
            + members.map { trial in
              Member(
                trial: trial,
                losses: zip(history.objectives, trial.values).map { $0.direction.loss($1) },
                violation: trial.violation)
            })
      })
    return elite
  }

  /// Those that keep the constraints by front and room, then the others by how much they break.
  private func select(_ members: [Member]) -> [Member] {
    let kept = members.filter { $0.violation == 0 }
    let broken = members.filter { $0.violation > 0 }.sorted { $0.violation < $1.violation }
    let order = NondominatedRanking.order(kept.map(\.losses))
    return Array((order.map { kept[$0] } + broken).prefix(population))
  }

  private func tournament(_ members: [Member], _ stream: inout RandomStream) -> Member {
    let first = members[stream.index(below: members.count)]
    let second = members[stream.index(below: members.count)]
    if first.violation != second.violation {
      return first.violation < second.violation ? first : second
    }
    return NondominatedRanking.dominates(second.losses, first.losses) ? second : first
  }
}

extension TrialSampler where Self == GeneticSampler {
  /// NSGA-II.
  public static var nsga2: GeneticSampler { GeneticSampler() }
}
