import HoneRecords
import HoneText
import Testing

@Suite("what the gradient noise scale says") struct NoiseScaleRecordTests {
  /// A noise scale of 200 samples, known to within a factor of two, of a run with some batch size.
  private func record(batchSize: Int) -> NoiseScaleRecord {
    var record = NoiseScaleRecord(
      samples: 4096, batchSize: 64, trainedBatchSize: batchSize, squaredGradient: 1,
      covarianceTrace: 200)
    record.scale = 200
    record.interval = [100, 400]
    return record
  }

  @Test(
    "the batch size is held against the interval, a factor of four to either side",
    arguments: [
      (24, "larger batches"), (25, "suits the noise"), (1600, "suits the noise"),
      (1601, "smaller ones learn as much"),
    ])
  func advice(batchSize: Int, words: String) {
    let sentence = record(batchSize: batchSize).sentence
    #expect(sentence.english.contains(words), "\(sentence.english)")
    #expect(sentence.english.contains("200 samples [100, 400]"))
    #expect(!sentence.english.contains("  ") && !sentence.korean.contains("  "))
  }

  @Test("a gradient that noise hides is said to be hidden")
  func hidden() {
    let record = NoiseScaleRecord(
      samples: 50, batchSize: 5, trainedBatchSize: 32, squaredGradient: -1, covarianceTrace: 1)
    #expect(record.sentence.english.contains("noise hides the gradient of 50 samples"))
    #expect(record.sentence.korean.contains("50개"))
  }
}
