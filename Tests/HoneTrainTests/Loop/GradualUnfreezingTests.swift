import HoneModels
import HoneNN
import HoneOptim
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct GradualUnfreezingTests {
  private func parameters(_ count: Int) -> [Parameter] {
    (0..<count).map { _ in Parameter(Tensor.ones([2])) }
  }

  @Test("one more stage is trained after every few epochs, from the head down")
  func course() {
    let all = parameters(3)
    let unfreezing = GradualUnfreezing(stages: all.map { [$0] }, epochsPerStage: 2)
    for (epoch, trained) in [
      (1, [2]), (2, [2]), (3, [1, 2]), (5, [0, 1, 2]), (9, [0, 1, 2]), (1, [2]),
    ] {
      unfreezing.apply(inEpoch: epoch)
      #expect(all.indices.filter { all[$0].isTrainable } == trained)
    }
  }

  @Test("a frozen stage keeps its values and its norms' statistics until its turn")
  func frozenStagesStay() throws {
    var lab = Lab()
    lab.epochs = 1
    lab.model = { stream in
      MLP(
        inputs: 64, outputs: 10, widths: [16, 8], options: .init(normalization: .batch),
        using: &stream)
    }
    lab.change = { plan in
      plan.penalty = WeightPenalty(l2: 0.1)
      plan.maxNorm = MaxNorm(0.1)
      plan.unfreezing = GradualUnfreezing(
        stages: TransferStages(of: plan.model).stages.map { $0.parameters.map(\.parameter) })
    }
    let plan = try lab.plan
    let before = plan.model.stateDictionary
    _ = try Trainer(plan, record: lab.record()).train()
    let after = plan.model.stateDictionary
    let head = try #require(TransferStages(of: plan.model).stages.last?.name)
    for name in before.names {
      #expect((before[name] != after[name]) == name.hasPrefix(head), "\(name)")
    }
  }
}
