import HoneConfiguration
public import HoneData
import HoneNN
import HoneNumerics
public import HoneRecords
import HoneTensor
public import HoneTrain

extension StoredModel {
  /// Samples whose activations or losses are looked at.
  private static let viewed = 256

  /// The activations in front of and behind each dropout of the model, for samples of a split.
  /// - Returns: none where the model drops nothing.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  public func dropouts(_ data: Dataset, indices: [Int]) throws -> [DropoutView] {
    guard let loader = try viewLoader(data, indices) else { return [] }
    let batch = try loader.batch(of: loader.indices)
    return try DropoutProbe().run(
      model, on: Tensor(batch.inputs).to(device), seed: file.run.seed)
  }

  /// The loss along a random line through the model's weights, on some training and validation samples.
  /// - Returns: nil where there are no samples with labels.
  /// - Throws: `DataError` naming a sample that cannot be read; `TorchError`.
  public func landscape(
    _ data: Dataset, train: [Int], validation: [Int], probe: LandscapeProbe = LandscapeProbe()
  ) throws -> LandscapeSlice? {
    guard let known = try viewLoader(data, train) else { return nil }
    let held = try viewLoader(data, validation)
    return try probe.run(model, seed: file.run.seed, samples: known.indices.count) {
      (
        train: try meanLoss(on: known),
        validation: try held.map { try meanLoss(on: $0) }
      )
    }
  }

  private func viewLoader(_ data: Dataset, _ indices: [Int]) throws -> DataLoader? {
    var stream = RandomStream(seed: file.run.seed, "views")
    let chosen = stream.permutation(indices.count).prefix(Self.viewed).map { indices[$0] }
    guard !chosen.isEmpty else { return nil }
    return try DataLoader(
      data, indices: chosen.sorted(), preprocessor: file.preprocessor,
      options: LoaderOptions(batchSize: Self.viewed, threads: configuration.data.threads))
  }
}
