import HoneNN
import HoneRecords
import HoneTrain
import Testing

@testable import HoneAssembly

@Suite struct OutlookTests {
  @Test("tells layers, rates and memory of a run, which then trains as without it")
  func outlook() throws {
    let text = """
      model: {name: mlp, widths: [16], normalization: batchNorm}
      optimizer: {kind: sgd, learningRate: 0.1, sam: {}}
      schedule: {halveEvery: 2}
      training: {epochs: 4}
      """
    let run = try Workbench.run(text)
    let before = run.plan.model.stateDictionary
    let plan = try run.outlook(measuring: 1, points: 30)
    #expect(run.plan.model.stateDictionary == before)
    // The norm after it takes the place of the first layer's bias.
    let parameters = 64 * 16 + 2 * 16 + 16 * 10 + 10
    #expect(plan.parameters == parameters && plan.trainableParameters == parameters)
    #expect(plan.layers.map(\.parameters).reduce(0, +) == parameters)
    let linear = try #require(plan.layers.first { $0.kind == "Linear" })
    #expect(linear.outputShape == [16])
    #expect(linear.flops == 2 * 64 * 16)
    #expect((linear.standardDeviation ?? 0) > 0)
    #expect(plan.layers.filter { ($0.outputStandardDeviation ?? 0) > 0 }.count == 2)
    #expect(plan.flops == 2 * (64 * 16 + 16 * 10))
    #expect(plan.optimizer == "SAM(SGD)")
    #expect(plan.schedule.count == 30)
    #expect(plan.schedule.first?.learningRate == 0.1)
    #expect(plan.schedule.last?.learningRate == 0.05)
    #expect(plan.seconds > 0)
  }
}
