import HoneModels
import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

/// Runs whose steps make no graph, beside the same runs with one.
struct GraphlessStepTests {
  /// A run; with somebody at the first map's outputs, every step needs the graph.
  private func train(_ lab: Lab, watched: Bool) throws -> (TrainingOutcome, seen: Int) {
    var (lab, seen) = (lab, 0)
    let change = lab.change
    lab.change = { plan in
      change(&plan)
      #expect(plan.parts.denseStep != nil)
      let maps = plan.model.namedModules.compactMap { $0.module as? Linear }
      if watched { maps.first?.outputObserver = { _ in seen += 1 } }
    }
    return (try lab.train(), seen)
  }

  private func expectEqual(_ lab: Lab) throws {
    let (own, graph) = (try train(lab, watched: false), try train(lab, watched: true))
    #expect(own.seen == 0 && graph.seen > 0)
    #expect(own.0.kept == graph.0.kept)
    #expect(own.0.history.map(\.withoutTimes) == graph.0.history.map(\.withoutTimes))
    #expect(own.0.record.layerSamples?.count == graph.0.record.layerSamples?.count)
  }

  @Test("weights, losses and scores are the same bit for bit")
  func sameBits() throws {
    var lab = Lab()
    lab.loss = .crossEntropy(labelSmoothing: 0.1)
    lab.model = { stream in
      MLP(
        inputs: 64, outputs: 10, widths: [24, 16],
        options: .init(normalization: .batch, dropout: 0.3), using: &stream)
    }
    try expectEqual(lab)
    lab.change = { $0.clipping = .norm(0.5) }
    try expectEqual(lab)
    lab.change = { _ in }
    lab.optimizer = { SAM(SGD($0, learningRate: 0.1), radius: 0.05) }
    try expectEqual(lab)
  }

  @Test("what needs more than the step of dense layers makes a graph")
  func needsTheGraph() throws {
    var lab = Lab(epochs: 1)
    lab.change = { $0.accumulation = 2 }
    try expectEqual(lab)
    lab.change = { $0.precision = .bfloat16 }
    try expectEqual(lab)
    lab.change = { _ in }
    lab.loss = .focal(gamma: 2)
    try expectEqual(lab)
  }
}
