import Foundation
import HoneMetrics
import HoneModels
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct DistillationTests {
  /// A network that has learned the digits well.
  private func teacher() throws -> any Layer<Tensor, Tensor> {
    var lab = Lab()
    lab.trainSamples = 1000
    lab.epochs = 6
    lab.seed = 9
    let plan = try lab.plan
    _ = try Trainer(plan, record: lab.record()).train()
    return plan.model
  }

  @Test("the loss is the labels' and the squared temperature times the divergence, mixed")
  func loss() {
    let distillation = Distillation(teachers: [Identity()], temperature: 2, mixing: 0.25)
    let output = Tensor([1, -1, 0.5, 2] as [Float], shape: [2, 2])
    let teachers = Tensor([0.7, 0.3, 0.2, 0.8] as [Float], shape: [2, 2])
    let value = distillation.loss(Tensor(3), output: output, teachers: teachers).item()
    let own = softmax([0.5, -0.5, 0.25, 1], classes: 2).map(Double.init)
    let theirs = [0.7, 0.3, 0.2, 0.8]
    let divergence = zip(theirs, own).reduce(0) { $0 + $1.0 * log($1.0 / $1.1) } / 2
    #expect(abs(value - (0.75 * 3 + 0.25 * 4 * divergence)) < 1e-5)
  }

  @Test("without a share the teachers change nothing")
  func noShare() throws {
    let teacher = try teacher()
    var lab = Lab()
    let plain = try lab.train()
    lab.change = { $0.distillation = Distillation(teachers: [teacher], mixing: 0) }
    #expect(try lab.train().kept == plain.kept)
  }

  @Test("a student learns from the teachers what its few labels do not tell")
  func learns() throws {
    let teacher = try teacher()
    var lab = Lab()
    lab.epochs = 15
    let alone = try lab.train()
    let before = StateDictionary(of: teacher)
    lab.change = {
      $0.distillation = Distillation(teachers: [teacher, teacher], weights: [3, 1], mixing: 0.9)
    }
    let taught = try lab.train()
    let (a, b) = (alone.record.best?.validationLoss, taught.record.best?.validationLoss)
    #expect(try #require(b) < #require(a))
    #expect(StateDictionary(of: teacher) == before)
  }
}

extension StateDictionary {
  fileprivate init(of module: any Module) { self = module.stateDictionary }
}
