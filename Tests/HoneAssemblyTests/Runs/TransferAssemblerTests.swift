import Foundation
import HoneConfiguration
import HoneModels
import HoneNN
import HoneNumerics
import HoneOptim
import HoneRecords
import HoneTensor
import HoneTrain
import Testing

@testable import HoneAssembly

@Suite struct TransferAssemblerTests {
  private static let model = "name: mlp, widths: [8, 6], normalization: batchNorm"

  /// Weights of such a model for as many classes, in a file that the body may read.
  private func withWeights<R>(_ body: (String, StateDictionary) throws -> R) throws -> R {
    let run = try Workbench.run("model: {\(Self.model)}", seed: 99)
    var content = Safetensors()
    let state = run.plan.model.stateDictionary
    for entry in state.entries { content.tensors[entry.name] = entry.value }
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).st")
    try content.write(to: url.path)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path, state)
  }

  @Test("pretrained weights are the run's first ones, and the record says from where")
  func pretrained() throws {
    try withWeights { path, state in
      let run = try Workbench.run("model: {\(Self.model), pretrained: \(path)}")
      #expect(run.plan.model.stateDictionary == state)
      #expect(run.record.pretrained?.file == path)
      #expect(run.record.pretrained?.loaded == state.entries.count)
      #expect(run.record.pretrained?.sha256.count == 64)
    }
  }

  @Test("a frozen backbone leaves one layer to the optimiser")
  func frozen() throws {
    let run = try Workbench.run("model: {\(Self.model), freeze: backbone}")
    #expect(
      run.plan.optimizer.parameters.map(\.shape).sorted { $0.count < $1.count } == [[10], [10, 6]])
    #expect(run.record.parameters == 70)
  }

  @Test("gradual unfreezing begins with the head and has all parameters in the optimiser")
  func gradual() throws {
    let run = try Workbench.run("model: {\(Self.model), freeze: gradual, unfreezeEvery: 3}")
    #expect(run.plan.unfreezing?.epochsPerStage == 3)
    #expect(run.plan.optimizer.parameters.count == run.plan.model.parameters.count)
    #expect(run.plan.model.parameters.count(where: \.isTrainable) == 2)
    #expect(run.record.parameters == run.plan.model.parameters.reduce(0) { $0 + $1.value.count })
  }

  @Test("groups are divided by stages, each with its share of the rate")
  func discriminativeRates() throws {
    let configuration = try Workbench.configuration("model: {\(Self.model), stageRateFactor: 2}")
    let model = try Workbench.run("model: {\(Self.model)}").plan.model
    let groups = configuration.staged(
      [ParameterGroup(model.parameters, weightDecay: 0.1)], of: model)
    #expect(groups.map(\.learningRateScale) == [0.25, 0.5, 1])
    #expect(groups.allSatisfy { $0.weightDecay == 0.1 })
    #expect(
      Set(groups.flatMap(\.parameters).map(ObjectIdentifier.init)).count == model.parameters.count)
  }

  @Test("a file that is not there or of another model is refused as such")
  func wrongFiles() throws {
    #expect(throws: WeightFileError.unreadable(.notFound(path: "no.pt"))) {
      try Workbench.run("model: {name: mlp, pretrained: no.pt}")
    }
    try withWeights { path, _ in
      _ = #expect(throws: PretrainedError.self) {
        try Workbench.run("model: {name: mlp, widths: [9], pretrained: \(path)}")
      }
    }
  }
}
