import Foundation
import HoneConfiguration
import HoneData
import HoneMetrics
import HoneNN
import HoneNumerics
import HoneRecords
import HoneTensor
import HoneText
import HoneTrain
import Testing

@testable import HoneAssembly

@Suite struct WhiteningTests {
  /// Means and covariances of all training inputs of a run.
  private func moments(_ run: AssembledRun) throws -> (mean: [Double], covariance: [[Double]]) {
    let batch = try run.plan.training.batch(of: run.plan.training.indices)
    let values = batch.inputs.values(as: Float.self).map(Double.init)
    let width = values.count / batch.count
    var mean = [Double](repeating: 0, count: width)
    for row in 0..<batch.count {
      for place in 0..<width { mean[place] += values[row * width + place] / Double(batch.count) }
    }
    var covariance = [[Double]](repeating: [Double](repeating: 0, count: width), count: width)
    for row in 0..<batch.count {
      for first in 0..<width {
        for second in 0..<width {
          covariance[first][second] +=
            (values[row * width + first] - mean[first])
            * (values[row * width + second] - mean[second]) / Double(batch.count)
        }
      }
    }
    return (mean, covariance)
  }

  @Test(
    "whitened columns of a table have no mean, unit variance and no correlation",
    arguments: ["zca", "pca"])
  func tables(kind: String) throws {
    let run = try Workbench.run(
      "data: {whiten: {kind: \(kind), epsilon: 0}}", data: try Workbench.table(target: "kind"))
    let (mean, covariance) = try moments(run)
    for (first, row) in covariance.enumerated() {
      #expect(abs(mean[first]) < 1e-4)
      for (second, value) in row.enumerated() {
        #expect(abs(value - (first == second ? 1 : 0)) < 1e-3)
      }
    }
  }

  @Test("zca keeps the shape of pictures and changes them least: its map is symmetric")
  func pictures() throws {
    let run = try Workbench.run("data: {whiten: {epsilon: 0.1}}")
    #expect(run.preprocessor.outputShape == [1, 8, 8])
    let map = try #require(run.preprocessor.whitening)
    #expect(map.kind == .zca && map.inputs == 64 && map.outputs == 64)
    for first in 0..<64 {
      for second in 0..<first {
        #expect(abs(map.matrix[first * 64 + second] - map.matrix[second * 64 + first]) < 1e-4)
      }
    }
    let (_, covariance) = try moments(run)
    // Each variance becomes its share of itself and epsilon.
    for row in 0..<64 { #expect(covariance[row][row] <= 1.001) }
    let pca = try Workbench.run("data: {whiten: {kind: pca, epsilon: 0.1}}\nmodel: mlp")
    #expect(pca.preprocessor.outputShape == [64])
    let (_, axes) = try moments(pca)
    for axis in 1..<64 { #expect(axes[axis][axis] <= axes[axis - 1][axis - 1] + 1e-4) }
    #expect(abs(axes[3][7]) < 1e-3)
  }

  @Test("a stored model whitens new samples as its run did", arguments: ["zca", "pca"])
  func stored(kind: String) throws {
    let run = try Workbench.run(
      "data: {whiten: {kind: \(kind)}}\nmodel: mlp\ntraining: {epochs: 2}")
    let outcome = try Trainer(run.plan, record: run.record, policies: run.policies).train()
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("whitened-\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try ModelFile(
      state: outcome.kept, run: outcome.record, preprocessor: run.preprocessor
    ).write(to: path)
    let stored = try StoredModel(contentsOf: path)
    #expect(stored.file.preprocessor == run.preprocessor)
    let data = try Workbench.digits.get()
    let indices = try #require(run.plan.validation).indices
    let result = try stored.evaluate(data, indices: indices)
    #expect(result.value(of: .accuracy) == outcome.record.best?.validationMetric)
    #expect(result.value(of: .accuracy) > 0.5)
  }

  @Test("texts and inputs of too many numbers are refused by name")
  func refusals() throws {
    let texts = try Dataset(
      texts: (0..<40).map { "word \($0) and more" }, labels: (0..<40).map { "\($0 % 2)" })
    let refused = Workbench.complaint {
      try Workbench.run("data: {whiten: {}}", data: texts)
    }
    #expect(refused.contains("data.whiten") && refused.contains("no correlation"))
    let large = try Dataset(
      images: (0..<12).map { [UInt8](repeating: UInt8($0), count: 70 * 70) }, channels: 1,
      height: 70, width: 70, labels: (0..<12).map { "\($0 % 2)" })
    #expect(
      Workbench.complaint { try Workbench.run("data: {whiten: {}}", data: large) }
        .contains("4900"))
  }
}
