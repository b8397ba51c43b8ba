import Foundation
import HoneRecords
import Testing

@testable import HoneDiagnosis

@Suite("Rules about layers")
struct LayerRuleTests {
  @Test("a healthy run with layers and wiring raises no problem")
  func healthy() {
    let run = LayerRun()
    #expect(run.diagnosis.verdict == .healthy)
    #expect(run.problems == [])
  }

  @Test("gradients that fade in a run that learns nothing vanish; in a run that learns they do not")
  func vanishing() {
    var run = LayerRun.stuck
    #expect(!run.problems.contains(.vanishingGradient))
    run.states { layer, state in state.gradient = 1e-3 * pow(0.1, Double(5 - layer)) }
    #expect(run.problems.contains(.vanishingGradient))
    var learning = LayerRun()
    learning.states { layer, state in state.gradient = 1e-3 * pow(0.1, Double(5 - layer)) }
    #expect(learning.problems == [])
  }

  @Test("a signal that overflows in the first step explodes")
  func exploding() {
    var run = LayerRun()
    run.evidence.run.status = .diverged
    run.evidence.epochs = []
    run.evidence.steps = [StepRecord(step: 1, epoch: 1, loss: .nan, learningRate: 1e-3)]
    #expect(!run.problems.contains(.explodingGradient))
    run.states { layer, state in
      state.isFinite = layer < 3
      state.output = layer < 3 ? pow(10, Double(layer)) : nil
    }
    #expect(run.problems.contains(.explodingGradient))
    #expect(run.problems.contains(.nonFiniteLoss))
  }

  @Test("units that are zero for every sample are dead where the run stays behind")
  func dying() {
    var run = LayerRun.stuck
    run.states { layer, state in if layer == 2 { state.deadShare = 0.9 } }
    let finding = run.diagnosis.findings.first { $0.id == .dyingReLU }
    #expect(finding?.layer == "2")
    var learning = LayerRun()
    learning.states { layer, state in if layer == 2 { state.deadShare = 0.9 } }
    #expect(learning.problems == [])
  }

  @Test("activations in the flat part are saturated")
  func saturated() {
    var run = LayerRun.stuck
    run.states { layer, state in if layer == 1 { state.saturatedShare = 0.9 } }
    #expect(run.problems.contains(.saturatedActivation))
    run.states { _, state in state.saturatedShare = 0.2 }
    #expect(!run.problems.contains(.saturatedActivation))
  }

  @Test("outputs far from 1 leave the scale of activations")
  func activationScale() {
    var run = LayerRun.stuck
    #expect(!run.problems.contains(.activationScale))
    run.states { layer, state in if layer == 3 { state.outputSpread = 1e-5 } }
    #expect(run.problems.contains(.activationScale))
  }

  @Test("equal units of a hidden layer are symmetric; of the last layer they are legal")
  func symmetric() {
    var run = LayerRun()
    run.fact(5) { $0.duplicateShare = 1 }
    #expect(run.problems == [])
    run.fact(1) { $0.duplicateShare = 1 }
    #expect(run.problems == [.symmetricInitialisation])
  }

  @Test("weights far too large are a fault where the initial loss shows it")
  func initialisationScale() {
    var run = LayerRun()
    run.fact(1) { $0.weight = 1 }
    #expect(!run.problems.contains(.initialisationScale))
    run.evidence.run.preflight?.initialLoss = 400
    #expect(run.problems.first == .initialisationScale)
    #expect(
      run.diagnosis.findings.first { $0.id == .initialLoss }?.causes == [.initialisationScale])
  }

  @Test("a layer without an activation behind it is found, with a layer's name")
  func missingActivation() {
    var run = LayerRun()
    run.fact(2) { $0.followers = ["nothing"] }
    #expect(run.problems == [.hiddenActivation])
    #expect(run.diagnosis.findings.first?.layer == "2")
  }

  @Test("weights that never move though gradients arrive are frozen")
  func frozen() {
    var run = LayerRun()
    run.states { layer, state in if layer == 0 { state.update = 0 } }
    #expect(run.problems == [.frozenParameters])
    run.evidence.run.configuration = #"{"model":{"freeze":"backbone"}}"#
    #expect(run.problems == [])
  }

  @Test("steps along the gradient go uphill")
  func uphill() {
    var run = LayerRun()
    for place in run.evidence.run.layerSamples?.indices ?? 0..<0 {
      run.evidence.run.layerSamples?[place].descent = 0.1
    }
    #expect(run.problems == [.gradientFlow])
    run.evidence.run.layerSamples?[0].descent = -0.1
    #expect(run.problems == [])
  }

  @Test("a trainable layer that no gradient reaches is detached")
  func detached() {
    var run = LayerRun()
    run.states { layer, state in if layer == 1 { state.gradient = nil } }
    #expect(run.problems.contains(.gradientFlow))
  }

  @Test("dropout that removes most of the signal is named where the run stays behind")
  func regularised() {
    var run = LayerRun.stuck
    run.wire { $0.dropout = 0.8 }
    #expect(run.problems.contains(.overRegularised))
    run.wire { $0.dropout = 0.3 }
    #expect(!run.problems.contains(.overRegularised))
  }

  @Test("a penalty that shrinks the weights is named where the run stays behind")
  func shrunk() {
    var run = LayerRun.stuck
    run.wire { $0.weightDecay = 0.2 }
    #expect(!run.problems.contains(.overRegularised))
    for place in 2..<5 {
      for layer in 0..<6 { run.evidence.run.layerSamples?[place].layers[layer].weight = 0.001 }
    }
    #expect(run.problems.contains(.overRegularised))
  }
}
