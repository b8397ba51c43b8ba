import HoneConfiguration
import HoneDiagnosis
import HoneRecords
import HoneText

/// The remedies to try, from free to costly within their order of importance: first what the findings
/// call for, then what helps most models of the kind.
struct RemedyLadder {
  /// A remedy with what called for it.
  struct Rung: Sendable {
    var remedy: Remedy
    var finding: FindingName?
  }

  /// Remedies tried at least, where the data and model allow as many.
  static let least = 8
  /// Remedies tried at most.
  static let most = 12

  let rungs: [Rung]

  init(_ diagnosis: DiagnosisRecord, run: RunRecord, configuration: Configuration) {
    var rungs: [Rung] = []
    func add(_ remedy: Remedy, _ finding: FindingName?) {
      let isKnown = rungs.contains {
        $0.remedy.id == remedy.id || $0.remedy.change == remedy.change
      }
      guard !isKnown, remedy.effort != .manual, !remedy.change.isEmpty, rungs.count < Self.most,
        Self.changes(remedy, configuration)
      else { return }
      rungs.append(Rung(remedy: remedy, finding: finding))
    }
    for finding in diagnosis.findings {
      for remedy in finding.remedies { add(remedy, finding.id) }
    }
    for remedy in RemedyCatalogue(for: run).general + Self.structural(run, configuration) {
      add(remedy, nil)
    }
    self.rungs = rungs
  }

  /// Whether the configuration allows the remedy and is another one with it.
  private static func changes(_ remedy: Remedy, _ configuration: Configuration) -> Bool {
    guard let changed = try? configuration.applying(remedy.change) else { return false }
    return changed != configuration
  }

  /// Another architecture, where the data have a structure that the present one ignores.
  private static func structural(_ run: RunRecord, _ configuration: Configuration) -> [Remedy] {
    guard run.task.input == .image, case .mlp = configuration.model.architecture,
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
