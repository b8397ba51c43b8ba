import HoneRecords
import Testing

@testable import HoneImprove

@Suite struct PretrainedBackboneTests {
  private let backbone = PretrainedBackbone(model: "squeezeNet1_1", file: "/there.safetensors")

  private func run(channels: Int, samples: Int = 200) throws -> RunRecord {
    var run = try CoinSubject().baseline().run
    run.task.sampleShape = [channels, 64, 64]
    run.task.trainSamples = samples
    return run
  }

  @Test("starts color images from the weights, and unfreezes all stages within the run")
  func remedy() throws {
    let remedy = try #require(backbone.remedy(for: try run(channels: 3)))
    #expect(remedy.change["model.name"] == "squeezeNet1_1")
    #expect(remedy.change["model.pretrained"] == "/there.safetensors")
    #expect(remedy.change["model.freeze"] == "gradual")
    // Twenty epochs.
    #expect(remedy.change["model.unfreezeEvery"] == .integer(4))
  }

  @Test("is no remedy for gray images and for tables")
  func refuses() throws {
    #expect(backbone.remedy(for: try run(channels: 1)) == nil)
    var table = try run(channels: 3)
    table.task.input = .table
    #expect(backbone.remedy(for: table) == nil)
  }

  @Test("more is hoped of it where images are few, and it stands in the ladder")
  func hope() throws {
    let few = try run(channels: 3)
    #expect(
      backbone.expectedGain(for: few)
        > backbone.expectedGain(for: try run(channels: 3, samples: 50_000)))
    let ladder = RemedyLadder(CoinSubject.healthy, run: few, backbone: backbone) { _ in true }
    #expect(ladder.rungs.contains { $0.remedy.id == "pretrained-backbone" })
    let without = RemedyLadder(CoinSubject.healthy, run: few) { _ in true }
    #expect(!without.rungs.contains { $0.remedy.id == "pretrained-backbone" })
  }
}
