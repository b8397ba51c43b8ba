import HoneData
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct EvaluatorCurvatureTests {
  @Test("eigenvalues, trace and layers are those of the whole Hessian, over several batches")
  func matchesMatrix() throws {
    var lab = Lab()
    lab.model = { MLP(inputs: 64, outputs: 10, widths: [2], using: &$0) }
    let model = try lab.plan.model
    let loader = try lab.loader(Array(0..<50), LoaderOptions(batchSize: 20))
    var stream = RandomStream(seed: 1, "curvature")
    let evaluator = Evaluator(loss: .crossEntropy())
    let record = try evaluator.curvature(
      of: model, on: loader, eigenvalues: 2, products: 100, using: &stream)
    let batch = try loader.batch(of: Array(0..<50))
    let inputs = Tensor(batch.inputs)
    let targets = Tensor(batch.targets)
    func values(_ parameters: [Parameter]) -> [Double] {
      let matrix = Curvature(of: parameters) { Loss.crossEntropy()(model(inputs), targets) }
        .matrix()
      return ATen.linalg_eigh(matrix).0.values(as: Double.self)
    }
    let all = values(model.parameters)
    let size = try #require(all.last)
    #expect(record.samples == 50 && record.isExact)
    #expect(abs(record.largest[0].value - size) < 2e-3 * size)
    #expect(abs(record.largest[1].value - all[all.count - 2]) < 2e-3 * size)
    #expect(abs(record.smallest.value - all[0]) < 2e-3 * size)
    #expect(abs(record.trace - all.sum()) < 5 * record.traceError)
    #expect(record.layers.map(\.parameters) == [130, 30])
    for (layer, module) in zip(record.layers, model.namedModules.filter { $0.module is Linear }) {
      #expect(layer.path == module.name)
      let own = try #require(values(module.module.parameters).last)
      #expect(abs(layer.largest.value - own) < 2e-3 * size)
    }
  }

  @Test("weights, modes and gradients are as before")
  func leavesUntouched() throws {
    let plan = try Lab().plan
    plan.model.train()
    let before = plan.model.stateDictionary
    var stream = RandomStream(seed: 1, "curvature")
    let loader = try Lab().loader(Array(0..<30), LoaderOptions(batchSize: 30))
    _ = try Evaluator(loss: plan.loss).curvature(
      of: plan.model, on: loader, eigenvalues: 1, products: 5, using: &stream)
    #expect(plan.model.stateDictionary == before)
    #expect(plan.model.parameters.allSatisfy { $0.gradient == nil })
  }
}
