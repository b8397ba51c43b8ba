public import HoneRecords

extension Dataset {
  /// The task as records keep it.
  /// - Parameters:
  ///   - split: the division of the samples.
  ///   - preprocessor: what makes inputs of samples; gives the shape that the model sees.
  public func taskRecord(split: Split, preprocessor: Preprocessor) -> TaskRecord {
    var variance: Double?
    if let target = preprocessor.target { variance = target.deviation * target.deviation }
    return TaskRecord(
      kind: task, input: input, sampleShape: preprocessor.outputShape, classes: classes,
      classCounts: classCounts(of: split.train), trainSamples: split.train.count,
      validationSamples: split.validation.count, testSamples: split.test.count,
      targetVariance: variance)
  }
}
