import Foundation
import HoneRecords

@testable import HoneDiagnosis

/// A made-up run with layers and wiring, healthy until a test says otherwise.
struct LayerRun {
  var evidence: RunEvidence

  /// Six linear layers with rectifiers, a batch of 64, cross-entropy on logits.
  init(floor: Double = 0.05, epochs: Int = 30) {
    evidence = SyntheticRun(epochs: epochs, floor: floor).evidence()
    evidence.run.preflight?.layers = (0..<6).map { index in
      LayerFact(
        path: "\(index)", kind: "Linear", followers: index < 5 ? ["relu"] : [], inputs: 64,
        units: index < 5 ? 64 : 10, weight: 0.17)
    }
    var wiring = WiringRecord(loss: "crossEntropy", expects: .logits, outputs: 10)
    wiring.batchSize = 64
    wiring.stepsPerEpoch = 156
    wiring.duplicationRatio = 1
    evidence.run.preflight?.wiring = wiring
    evidence.run.preflight?.neighbours = NeighbourRecord(
      neighbours: 15, samples: 2000, score: 0.7, error: 0.02)
    evidence.run.layerSamples = [1, 2, 40, 400, 4000].map { step in
      LayerSample(
        step: step, epoch: 1 + step / 156, descent: -0.1, layers: (0..<6).map(Self.state))
    }
  }

  /// A run whose loss stays where it began.
  static var stuck: LayerRun { LayerRun(floor: 0.999) }

  private static func state(_ index: Int) -> LayerState {
    var state = LayerState(path: "\(index)")
    state.weight = 0.17
    state.gradient = 1e-3
    state.update = 1e-4
    state.output = 1
    state.outputSpread = 0.9
    state.activationSpread = 0.6
    if index < 5 {
      state.zeroShare = 0.5
      state.deadShare = 0.02
    }
    return state
  }

  /// Changes the wiring.
  mutating func wire(_ change: (inout WiringRecord) -> Void) {
    guard var wiring = evidence.run.preflight?.wiring else { return }
    change(&wiring)
    evidence.run.preflight?.wiring = wiring
  }

  /// Changes what is known of one layer.
  mutating func fact(_ index: Int, _ change: (inout LayerFact) -> Void) {
    guard var layers = evidence.run.preflight?.layers else { return }
    change(&layers[index])
    evidence.run.preflight?.layers = layers
  }

  /// Changes each sampled state: the closure gets the number of the layer.
  mutating func states(_ change: (Int, inout LayerState) -> Void) {
    guard var samples = evidence.run.layerSamples else { return }
    for place in samples.indices {
      for layer in samples[place].layers.indices { change(layer, &samples[place].layers[layer]) }
    }
    evidence.run.layerSamples = samples
  }

  /// What is found, with problems first.
  var diagnosis: DiagnosisRecord { Diagnostician().diagnose(evidence) }

  /// The names of all problems.
  var problems: [FindingName] {
    diagnosis.findings.filter { $0.severity >= .warning }.map(\.id)
  }

  /// The names of all findings.
  var names: [FindingName] { diagnosis.findings.map(\.id) }
}
