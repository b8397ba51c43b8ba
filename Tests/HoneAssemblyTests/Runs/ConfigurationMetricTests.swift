import HoneConfiguration
import HoneMetrics
import HoneRecords
import HoneText
import HoneTrain
import Testing

@testable import HoneAssembly

struct ConfigurationMetricTests {
  @Test("a run is judged by the metric that the configuration names")
  func named() throws {
    let run = try Workbench.run("training: {epochs: 1, metric: f1Macro}")
    #expect(run.plan.metric == .f1Macro)
    #expect(run.record.metric == "f1Macro")
    let outcome = try Trainer(run.plan, record: run.record).train()
    let best = try #require(outcome.record.best)
    #expect((0...1).contains(try #require(best.validationMetric)))
  }

  @Test(
    "a metric of another task is refused with those that fit", arguments: ["r2", "hammingLoss"])
  func unsuitable(metric: String) throws {
    let error = try #require(throws: ConfigurationError.self) {
      try Workbench.run("training: {metric: \(metric)}")
    }
    #expect("\(error.explanation.english)".contains("f1Macro"))
  }

  @Test("a misspelled metric is refused with the nearest name")
  func misspelled() throws {
    let error = try #require(throws: ConfigurationError.self) {
      try Workbench.configuration("training: {metric: f1macro}")
    }
    #expect("\(error.explanation.english)".contains("f1Macro"))
  }

  @Test("experiments take metrics that compare sample by sample")
  func paired() throws {
    try Workbench.configuration("training: {metric: accuracy}").checkMetricIsPaired()
    #expect(throws: ConfigurationError.self) {
      try Workbench.configuration("training: {metric: rocAUC}").checkMetricIsPaired()
    }
  }
}
