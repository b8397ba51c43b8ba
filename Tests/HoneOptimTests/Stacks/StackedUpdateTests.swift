import HoneNumerics
import HoneTensor
import Testing

@testable import HoneOptim

struct StackedUpdateTests {
  /// Two parameters of three models, the models' own being rows of the common ones.
  private struct Models {
    let shares: [StackedUpdate.Share]

    init(joined: Bool) {
      shares = [[4, 3], [5]].enumerated().map { number, shape in
        let whole = Parameter(Models.numbers([3] + shape, UInt64(number)))
        let rows = (0..<3).map { Parameter(whole.value.selected($0, along: 0).detached().clone()) }
        if joined {
          for (place, row) in rows.enumerated() {
            row.live(in: whole.value.detached().selected(place, along: 0))
          }
        }
        return (whole, rows)
      }
    }

    static func numbers(_ shape: [Int], _ seed: UInt64) -> Tensor {
      Tensor.normal(shape, using: RandomSource(seed: seed))
    }

    func parameters(_ model: Int) -> [Parameter] { shares.map { $0.rows[model] } }
  }

  private func gradients(_ step: Int) -> [Tensor] {
    [Models.numbers([3, 4, 3], UInt64(100 + step)), Models.numbers([3, 5], UInt64(200 + step))]
  }

  /// What optimisers that step alone make of the parameters.
  private func stepAlone(
    _ models: Models, _ optimizers: [any Optimizer], _ steps: Range<Int>
  ) {
    for step in steps {
      for (share, gradient) in zip(models.shares, gradients(step)) {
        for (model, row) in share.rows.enumerated() {
          row.setGradient(gradient.selected(model, along: 0).clone())
        }
      }
      for optimizer in optimizers { optimizer.step() }
    }
  }

  private func stepTogether(
    _ models: Models, _ update: StackedUpdate, _ steps: Range<Int>
  ) -> [StackedUpdate.Measurement] {
    steps.compactMap { step in
      for (share, gradient) in zip(models.shares, gradients(step)) {
        share.whole.setGradient(gradient)
      }
      return update.step(measuring: true)
    }
  }

  enum Kind: CaseIterable, Sendable { case adamW, sgd, nesterov }

  /// An optimiser with rates of its own, and groups of unequal decay.
  private func optimizer(_ kind: Kind, _ model: Int, _ parameters: [Parameter]) -> any Optimizer {
    let rate = 0.01 * Double(model + 1)
    let groups = [
      ParameterGroup([parameters[1]], weightDecay: 0, learningRateScale: 2),
      ParameterGroup([parameters[0]], weightDecay: 0.1 * Double(model)),
    ]
    switch kind {
    case .adamW:
      return AdamW(groups, learningRate: rate, betas: AdamBetas(0.8 + 0.05 * Double(model), 0.99))
    case .sgd:
      return SGD(groups, learningRate: rate, momentum: 0.4 * Double(model), dampening: 0.1)
    case .nesterov: return SGD(groups, learningRate: rate, momentum: 0.9, isNesterov: true)
    }
  }

  private func expectEqual(_ first: Models, _ second: Models) {
    for (a, b) in zip(first.shares, second.shares) {
      for (x, y) in zip(a.rows, b.rows) {
        #expect(x.value.isClose(to: y.value, relative: 1e-5, absolute: 1e-6))
      }
    }
  }

  @Test(
    "a common step is each optimiser's own, before and after steps alone", arguments: Kind.allCases)
  func equals(kind: Kind) throws {
    let (alone, together) = (Models(joined: false), Models(joined: true))
    let own = (0..<3).map { optimizer(kind, $0, alone.parameters($0)) }
    let common = (0..<3).map { optimizer(kind, $0, together.parameters($0)) }
    stepAlone(alone, own, 0..<7)
    stepAlone(together, common, 0..<2)
    let update = try #require(StackedUpdate(common, together.shares))
    let measured = stepTogether(together, update, 2..<5)
    stepAlone(together, common, 5..<7)
    expectEqual(together, alone)
    for (a, b) in zip(common, own) {
      #expect(a.state.tensors.map(\.name) == b.state.tensors.map(\.name))
      for (x, y) in zip(a.state.tensors, b.state.tensors) {
        let (found, expected) = (Tensor(x.value), Tensor(y.value))
        #expect(
          found.cast(to: .float32).isClose(
            to: expected.cast(to: .float32), relative: 1e-4, absolute: 1e-6))
      }
    }
    #expect(measured.count == 3)
    let norm = gradients(2).reduce(0.0) { $0 + $1.selected(1, along: 0).squared().sum().item() }
    #expect(abs(measured[0].gradientNorms[1] - norm.squareRoot()) < 1e-5)
    #expect(measured[0].updateRatios.allSatisfy { $0 ?? 0 > 0 })
  }

  @Test("the ratio of an update is that of change and weights") func ratio() throws {
    let models = Models(joined: true)
    let optimizers = (0..<3).map { SGD(models.parameters($0), learningRate: 0.5) }
    let update = try #require(StackedUpdate(optimizers, models.shares))
    func norm(_ tensors: [Tensor]) -> Double {
      tensors.reduce(0.0) { $0 + $1.squared().sum().item() }.squareRoot()
    }
    let weights = norm(models.parameters(2).map { $0.value.detached() })
    let change = 0.5 * norm(gradients(0).map { $0.selected(2, along: 0) })
    let measured = stepTogether(models, update, 0..<1)
    #expect(abs(try #require(measured[0].updateRatios[2]) - change / weights) < 1e-5)
  }

  @Test("optimisers of several kinds, of other parameters, or with more state step alone")
  func refused() {
    let models = Models(joined: true)
    let mixed: [any Optimizer] = [
      AdamW(models.parameters(0)), SGD(models.parameters(1)), AdamW(models.parameters(2)),
    ]
    #expect(StackedUpdate(mixed, models.shares) == nil)
    let partly = (0..<3).map { AdamW([models.parameters($0)[0]]) }
    #expect(StackedUpdate(partly, models.shares) == nil)
    let largest = (0..<3).map { AdamW([ParameterGroup(models.parameters($0))], isAMSGrad: true) }
    #expect(StackedUpdate(largest, models.shares) == nil)
    let adam = (0..<3).map { Adam(models.parameters($0)) }
    #expect(StackedUpdate(adam, models.shares) == nil)
  }
}
