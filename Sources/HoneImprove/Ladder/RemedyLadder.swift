import Foundation
import HoneDiagnosis
import HoneRecords
import HoneText

/// The remedies to race, those with the most expected gain for their price first: what the findings call
/// for, all of that together, and what helps most models of the kind.
struct RemedyLadder {
  /// A remedy with what called for it, what is hoped of it and what it costs.
  struct Rung: Sendable, Codable, Equatable {
    var remedy: Remedy
    var finding: FindingName?
    /// Probability times gain, as a share of the metric's range.
    var expectedGain: Double
    /// What its run costs beside the unchanged one's.
    var price: Double

    /// What is hoped of it for its price.
    var worth: Double { expectedGain / max(price, 0.05) }
  }

  /// Remedies raced at most.
  static let most = 14
  /// Whole runs that a race has room for from which one of ten times the length is among them.
  static let roomForLong = 100.0

  /// In order of worth.
  let rungs: [Rung]
  /// What only a person can do.
  let actions: [Remedy]

  /// - Parameters:
  ///   - diagnosis: what was found.
  ///   - run: the run that it was found in, with its configuration.
  ///   - tried: ids that are left out.
  ///   - backbone: a pretrained model at hand.
  ///   - room: how many whole runs the race has time for.
  ///   - hasLearnedLittle: whether the run explains next to nothing of its own training data yet.
  ///   - allows: whether the recipe can take a change and is another one with it.
  init(
    _ diagnosis: DiagnosisRecord, run: RunRecord, tried: Set<String> = [],
    backbone: PretrainedBackbone? = nil, room: Double = 0, hasLearnedLittle: Bool = false,
    allows: (RecipeChange) -> Bool
  ) {
    let catalogue = RemedyCatalogue(for: run)
    var rungs: [Rung] = []
    func add(_ remedy: Remedy?, _ finding: FindingName?, _ expected: Double) {
      guard let remedy, remedy.effort != .manual, !remedy.change.isEmpty,
        !tried.contains(remedy.id)
      else { return }
      if let known = rungs.firstIndex(where: {
        $0.remedy.id == remedy.id || $0.remedy.change == remedy.change
      }) {
        rungs[known].expectedGain = max(rungs[known].expectedGain, expected)
        return
      }
      guard allows(remedy.change) else { return }
      rungs.append(
        Rung(
          remedy: remedy, finding: finding, expectedGain: expected,
          price: catalogue.price(of: remedy)))
    }
    let problems = diagnosis.findings.filter { $0.severity > .info }
    for (place, finding) in diagnosis.findings.enumerated() {
      for (rank, remedy) in finding.remedies.enumerated() {
        add(remedy, finding.id, RemedyPrior.expectedGain(of: finding, at: place, remedy: rank))
      }
    }
    var long: Remedy?
    if let first = problems.first {
      // What mends all of them gains at least what mends the worst.
      let hope =
        problems.enumerated()
        .map { RemedyPrior.expectedGain(of: $1, at: $0, remedy: 0) }.max() ?? 0
      let together = Self.together(problems)
      add(together, first.id, hope)
      add(catalogue.remedy("standard-recipe"), first.id, 0.9 * hope)
      if room >= Self.roomForLong {
        let mending = together ?? first.remedies.first { $0.effort != .manual }
        long = catalogue.remedy("ten-times-as-long").map { longer in
          mending.map { Self.joined([$0, longer], because: longer.rationale) } ?? longer
        }
        add(long, first.id, hope)
      }
    }
    if let backbone { add(backbone.remedy(for: run), nil, backbone.expectedGain(for: run)) }
    if diagnosis.verdict == .insufficientEvidence {
      add(catalogue.remedy("more-epochs"), nil, RemedyPrior.fewEpochs)
      if hasLearnedLittle {
        // What would mend too few epochs, were there enough of them to name it.
        for (rank, remedy) in catalogue.remedies(for: .underfitEpochs).enumerated() {
          add(remedy, nil, RemedyPrior.fewEpochs * pow(0.75, Double(rank)))
        }
        add(catalogue.remedy("standard-recipe"), nil, 0.9 * RemedyPrior.fewEpochs)
      }
    }
    if catalogue.runningAveragesLag {
      add(catalogue.remedy("batch-norm-momentum"), nil, RemedyPrior.laggingAverages)
    }
    for (rank, remedy) in (catalogue.general + Self.structural(run)).enumerated() {
      add(remedy, nil, RemedyPrior.general(rank))
    }
    add(catalogue.remedy("standard-recipe"), nil, RemedyPrior.general(4))
    add(catalogue.remedy("norm-behind-activation"), nil, RemedyPrior.general(12))
    add(catalogue.remedy("layerwise-scale"), nil, RemedyPrior.general(13))
    let ordered = rungs.enumerated()
      .sorted { ($1.element.worth, $0.offset) < ($0.element.worth, $1.offset) }.map(\.element)
    // Where it is asked for there is time for it, whatever it is worth for its price.
    self.rungs =
      ordered.prefix(Self.most)
      + ordered.dropFirst(Self.most).filter { $0.remedy.id == long?.id }
    var seen: Set<String> = []
    actions = (diagnosis.findings.flatMap(\.remedies) + (problems.isEmpty ? [] : catalogue.manual))
      .filter { $0.effort == .manual && seen.insert($0.id).inserted }
  }

  /// The first remedy of each problem, as one.
  private static func together(_ problems: [Finding]) -> Remedy? {
    var chosen: [Remedy] = []
    for finding in problems {
      guard let remedy = finding.remedies.first(where: { $0.effort != .manual }),
        !chosen.contains(where: {
          $0.id == remedy.id || !Set($0.change.keys).isDisjoint(with: remedy.change.keys)
        })
      else { continue }
      chosen.append(remedy)
    }
    guard chosen.count > 1 else { return nil }
    return joined(
      chosen,
      because: Localized(
        "Several causes were found; each alone may hide what the others' remedies bring.",
        korean: "원인이 여러 개이면 하나만 고쳐서는 효과가 드러나지 않을 수 있습니다."))
  }

  /// Remedies as one; of two that change the same, the later.
  private static func joined(_ remedies: [Remedy], because rationale: Localized) -> Remedy {
    Remedy(
      id: remedies.map(\.id).joined(separator: "+"),
      change: remedies.map(\.change).reduce(into: [:]) { all, own in all.merge(own) { $1 } },
      effort: remedies.contains { $0.effort == .long } ? .long : .short, rationale: rationale)
  }

  /// Another architecture, where the data have a structure that the present one ignores.
  private static func structural(_ run: RunRecord) -> [Remedy] {
    guard run.task.input == .image, run.configuration.contains("\"name\":\"mlp\""),
      let side = run.task.sampleShape.last, side >= 8
    else { return [] }
    return [
      Remedy(
        id: "convolution", change: ["model.name": "cnn", "model.width": 16], effort: .long,
        rationale: Localized(
          "Convolutions share weights over positions and keep neighbourhoods (LeCun et al. 1998).",
          korean: "합성곱은 위치마다 가중치를 공유하고 이웃 관계를 보존합니다(LeCun 외 1998)."))
    ]
  }
}
