import HoneData
import HoneModels
import HoneNN
import HoneOptim
import HoneRecords
import HoneTensor
import HoneText
import Testing

@testable import HoneTrain

@Suite struct StepNoiseTests {
  private func warning(_ change: (inout Lab) -> Void) throws -> Localized? {
    var lab = Lab()
    lab.batchSize = lab.trainSamples
    lab.optimizer = { LBFGS($0) }
    change(&lab)
    let plan = try lab.plan
    let before = plan.model.stateDictionary
    let warning = try plan.stepNoise()?.warning
    #expect(plan.model.stateDictionary == before)
    return warning
  }

  @Test("full batches without noise raise no warning, nor do first-order methods")
  func quiet() throws {
    #expect(try warning { _ in } == nil)
    #expect(
      try warning {
        $0.batchSize = 50
        $0.change = { $0.accumulation = 4 }
      } == nil)
    #expect(
      try warning {
        $0.batchSize = 16
        $0.optimizer = { AdamW($0) }
      } == nil)
  }

  @Test("mini-batches are named with both numbers, in both languages")
  func miniBatches() throws {
    let warning = try #require(try warning { $0.batchSize = 50 })
    #expect(warning.english.contains("50 of 200") && warning.english.contains("data.batchSize"))
    #expect(warning.korean.contains("200") && warning.korean.contains("data.batchSize"))
    #expect(!warning.english.contains("dropout"))
  }

  @Test("dropout, augmentation and batch statistics are named")
  func noise() throws {
    let dropout = try #require(
      try warning {
        $0.model = { stream in
          MLP(inputs: 64, outputs: 10, widths: [24], options: .init(dropout: 0.3), using: &stream)
        }
      })
    #expect(dropout.english.contains("dropout") && !dropout.english.contains("augment"))
    let augmented = try #require(
      try warning { $0.augmentation = [.randomTranslate(pixels: 1)] })
    #expect(augmented.english.contains("augment") && !augmented.english.contains("dropout"))
    let normalized = try #require(
      try warning {
        $0.batchSize = 50
        $0.model = { stream in
          MLP(
            inputs: 64, outputs: 10, widths: [24], options: .init(normalization: .batch),
            using: &stream)
        }
      })
    #expect(normalized.english.contains("batch normalization"))
  }

  @Test("a run's record keeps the noise of an optimizer that minds it")
  func preflight() throws {
    var lab = Lab()
    lab.epochs = 1
    lab.batchSize = 100
    #expect(try lab.train().record.preflight?.stepNoise == nil)
    lab.optimizer = { LBFGS($0, iterations: 2) }
    let noise = try #require(try lab.train().record.preflight?.stepNoise)
    #expect(noise == StepNoiseRecord(samples: 100, total: 200))
  }
}
