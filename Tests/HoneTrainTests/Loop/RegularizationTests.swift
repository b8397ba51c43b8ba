import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct RegularizationTests {
  @Test("a proximal penalty makes exact zeros and the record counts them; one in the loss does not")
  func sparsity() throws {
    var lab = Lab()
    lab.optimizer = { SGD($0, learningRate: 0.1) }
    lab.change = { $0.proximal = ProximalL1(0.05) }
    let sparse = try lab.train()
    let counted = try #require(sparse.record.sparsity)
    #expect(counted.layers.map(\.weights) == [64 * 24, 24 * 10])
    let zeros = sparse.kept.entries.filter { $0.value.shape.count == 2 }.map { entry in
      entry.value.values(as: Float.self).count { $0 == 0 }
    }
    #expect(counted.layers.map(\.zeros) == zeros)
    #expect(counted.share > 0.2)
    lab.change = { $0.penalty = WeightPenalty(l1: 0.05) }
    #expect(try lab.train().record.sparsity?.share == 0)
    lab.change = { _ in }
    #expect(try lab.train().record.sparsity == nil)
  }

  @Test("constraints hold after every step")
  func constraints() throws {
    var lab = Lab()
    lab.change = { $0.constraints = [.nonNegative, .unitNorm] }
    for entry in try lab.train().kept.entries where entry.value.shape.count == 2 {
      let rows = Tensor(entry.value)
      #expect(rows.minimum().item() >= 0)
      let norms = ATen.linalg_vector_norm(rows, dim: [1])
      #expect(norms.isClose(to: norms.onesLike(), relative: 0, absolute: 1e-5))
    }
  }

  @Test("adaptive clipping bounds all layers but the last, which may be included")
  func adaptive() throws {
    for includesLast in [false, true] {
      var lab = Lab()
      let clipping = AdaptiveClipping(factor: 1e-3)
      lab.change = { $0.clipping = .adaptive(clipping, includesLastLayer: includesLast) }
      let plan = try lab.plan
      for parameter in plan.model.parameters {
        parameter.setGradient(Tensor.ones(parameter.shape))
      }
      let norm = try #require(plan.completeGradients(measuring: true))
      #expect(abs(norm - Double(plan.model.parameterCount).squareRoot()) < 1e-3)
      let isUnchanged = plan.model.parameters.map { ($0.gradient?.minimum().item() ?? 0) == 1 }
      #expect(isUnchanged == [false, false, !includesLast, !includesLast])
    }
  }

  @Test("noise on gradients changes a run, and the same seed gives the same noise")
  func noise() throws {
    var lab = Lab()
    let plain = try lab.train()
    lab.change = { $0.gradientNoise = GradientNoise(variance: 1e-3) }
    let noisy = try lab.train()
    #expect(noisy.kept != plain.kept)
    #expect(try lab.train().kept == noisy.kept)
  }

  static func activity(_ l2: Double) -> (inout RandomStream) -> any Layer<Tensor, Tensor> {
    { stream in
      Sequential {
        Flatten()
        Linear(inputs: 64, outputs: 24, using: &stream)
        ReLU()
        ActivityRegularization(l1: l2, l2: l2)
        Linear(inputs: 24, outputs: 10, using: &stream)
      }
    }
  }

  @Test("an activity penalty joins the gradient, alike over accumulated batches")
  func activityPenalty() throws {
    var lab = Lab()
    lab.trainSamples = 192
    lab.optimizer = { SGD($0, learningRate: 0.1, momentum: 0.9) }
    lab.model = Self.activity(1e-2)
    lab.batchSize = 64
    let large = try lab.train()
    lab.batchSize = 16
    lab.change = { $0.accumulation = 4 }
    let small = try lab.train()
    for (first, second) in zip(small.kept.entries, large.kept.entries) {
      // Nine steps in float32 whose sums are taken in another order.
      #expect(Tensor(first.value).isClose(to: Tensor(second.value), relative: 0, absolute: 2e-5))
    }
    lab.model = Self.activity(0)
    #expect(try lab.train().kept != small.kept)
  }

  @Test("the loss that is reported leaves activity penalties out; the gradient has them")
  func objective() throws {
    var lab = Lab()
    lab.model = Self.activity(0.5)
    let plan = try lab.plan
    let batch = try #require(try plan.training.epoch(1).next())
    let output = plan.output(for: batch)
    let loss = plan.loss(output, plan.target(of: batch, for: output))
    let whole = plan.objective(loss)
    #expect(whole.item() > loss.item())
    // What was taken is gone.
    #expect(plan.objective(loss).item() == loss.item())
    plan.model.evaluate()
    _ = plan.output(for: batch)
    #expect(plan.objective(loss).item() == loss.item())
  }
}
