import HoneConfiguration
import HoneData
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import HoneText
import HoneTrain

extension Configuration {
  /// Numbers of a sample, at most: the map has the square of it.
  private static let mostWhitened = 4_096
  /// Samples that the map is learned from, at most.
  private static let samplesToWhiten = 10_000
  private static let whiteningBatch = 256

  /// Learns the whitening of what a preprocessor makes of training samples.
  /// - Throws: `ConfigurationError` where inputs cannot be whitened; `DataError` naming a sample that
  ///   cannot be read.
  func fitWhitening(
    into preprocessor: inout Preprocessor, _ dataset: Dataset, indices: [Int]
  ) throws {
    guard let settings = data.whiten else { return }
    let width = preprocessor.outputShape.reduce(1, *)
    guard dataset.input != .text, preprocessor.cardinalities.isEmpty else {
      throw problem(
        at: "data.whiten",
        Localized(
          "tokens and codes of categories are names, which have no correlation. Remove the key.",
          korean: "토큰과 범주 코드는 이름이므로 상관관계를 제거할 수 없습니다. 이 키를 제거하십시오."))
    }
    guard width <= Self.mostWhitened else {
      throw problem(
        at: "data.whiten",
        Localized(
          "samples of \(width) numbers are too large; at most \(Self.mostWhitened) are whitened. Set "
            + "data.imageSize to a smaller one.",
          korean: "샘플의 숫자가 \(width)개로 너무 많습니다. 최대 \(Self.mostWhitened)개까지 처리하므로 "
            + "data.imageSize를 줄이십시오."))
    }
    var stream = RandomStream(seed: training.seed, "whitening")
    let chosen = stream.permutation(indices.count).prefix(Self.samplesToWhiten).sorted()
      .map { indices[$0] }
    let loader = try DataLoader(
      dataset, indices: chosen, preprocessor: preprocessor,
      options: LoaderOptions(batchSize: Self.whiteningBatch, threads: data.threads))
    preprocessor.whiten(
      try catchingTorchErrors {
        try withoutGradients { try whitening(settings, loader, width: width, count: chosen.count) }
      })
  }

  private func whitening(
    _ settings: WhiteningConfiguration, _ loader: DataLoader, width: Int, count: Int
  ) throws -> Whitening {
    var sum = Tensor.zeros([width], dtype: .float64)
    var products = Tensor.zeros([width, width], dtype: .float64)
    let batches = loader.epoch(0)
    defer { batches.close() }
    while let batch = try batches.next() {
      let rows = Tensor(batch.inputs).reshaped([batch.count, width]).cast(to: .float64)
      sum = sum + rows.sum(along: [0])
      products = products + rows.transposed(0, 1).multiplied(by: rows)
    }
    let total = Scalar(Double(max(1, count)))
    let mean = sum / total
    let covariance =
      products / total - mean.reshaped([width, 1]).multiplied(by: mean.reshaped([1, width]))
    let (values, vectors) = ATen.linalg_eigh(covariance)
    // Rounding leaves variances a little below zero.
    let factors = (values.clamped(minimum: 0) + Scalar(settings.epsilon)).reciprocalSquareRoot()
    // Columns of `vectors` are the axes, the smallest variance first.
    let axes = vectors.transposed(0, 1) * factors.reshaped([width, 1])
    switch settings.kind {
    case .zca:
      let map = vectors.multiplied(by: axes)
      return Whitening(
        .zca, center: mean.cast(to: .float32).floats, matrix: map.cast(to: .float32).floats)
    case .pca:
      return Whitening(
        .pca, center: mean.cast(to: .float32).floats,
        matrix: Self.ordered(axes.cast(to: .float32).floats, width: width))
    }
  }

  /// Axes with the largest variance first, each turned so that its largest part is positive.
  private static func ordered(_ axes: [Float], width: Int) -> [Float] {
    (0..<width).reversed().flatMap { axis -> [Float] in
      let row = axes[(axis * width)..<((axis + 1) * width)]
      let largest = row.max { abs($0) < abs($1) } ?? 1
      return largest < 0 ? row.map { -$0 } : Array(row)
    }
  }
}
