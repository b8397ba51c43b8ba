import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor
import Testing

@testable import HoneTrain

@Suite struct ForecastTests {
  @Test("measures time and memory and leaves the plan as it was")
  func untouched() throws {
    var lab = Lab()
    lab.optimizer = { SAM(AdamW($0, learningRate: 0.01)) }
    lab.change = { $0.accumulation = 2 }
    let plan = try lab.plan
    let weights = plan.model.stateDictionary
    let optimizer = plan.optimizer.state
    let forecast = try Forecast(of: plan, steps: 2)
    #expect(plan.model.stateDictionary == weights)
    #expect(plan.optimizer.state == optimizer)
    #expect(forecast.secondsPerStep > 0 && forecast.secondsPerEvaluatedSample > 0)
    // 64 x 24 and 24 x 10 weights with their biases.
    let bytes = (64 * 24 + 24 + 24 * 10 + 10) * 4
    #expect(forecast.memory.parameters == bytes && forecast.memory.gradients == bytes)
    #expect(forecast.memory.optimizer == 2 * bytes)
    #expect(forecast.memory.total == 4 * bytes)
    let steps = Double(plan.stepsPerEpoch * plan.epochs) * forecast.secondsPerStep
    #expect(forecast.seconds(of: plan) > steps)
  }

  @Test("a split of fewer batches than measured steps is gone through again")
  func small() throws {
    var lab = Lab()
    (lab.trainSamples, lab.batchSize) = (40, 32)
    #expect(try Forecast(of: lab.plan, steps: 4).secondsPerStep > 0)
  }

  @Test("rates are the schedule's times the plan's")
  func rates() throws {
    var lab = Lab()
    lab.change = { $0.schedule = .step(every: 1, factor: 0.5) }
    let plan = try lab.plan
    let rates = plan.learningRates(limit: 10)
    #expect(rates.count == 10)
    #expect(rates.first == PlanRecord.Rate(step: 0, epoch: 0, learningRate: 0.01))
    #expect(rates.last?.step == 20)
    #expect(rates.last?.learningRate == 0.0025)
  }
}
