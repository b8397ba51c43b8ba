import Foundation
import HoneRecords
import Testing

@testable import HoneCommands

struct JSONTextTests {
  /// What the general encoder makes of the same value.
  private func encoded(_ text: String) throws -> String {
    let value = try JSONDecoder().decode(ConfigurationValue.self, from: Data(text.utf8))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private func line(_ id: String) throws -> RunListing {
    var run = RunRecord(
      id: id, name: "say \"no\"\\\n\t\u{1}\u{8}é고양이/😀", status: .failed,
      created: Date(timeIntervalSince1970: 1_795_250_712.9), seed: 1, device: "cpu",
      precision: "fp32", threads: 1, parameters: 85_002, configuration: "{}",
      dataSource: "a/b.csv", dataFingerprint: "00ff",
      task: TaskRecord(
        kind: .multiclass, input: .image, sampleShape: [1], trainSamples: 1, validationSamples: 1,
        testSamples: 1), metric: "accuracy", metricIsBetterWhenLarger: true, command: [],
      environment: EnvironmentRecord(hone: "1", system: "", processor: "", cores: 1))
    run.seconds = 12
    run.tags = id == "a" ? [] : ["x", "y"]
    return RunListing(run)
  }

  @Test("lists of runs are byte for byte what the general encoder writes")
  func lines() throws {
    var plain = try line("a")
    plain.validationMetric = 0.1 + 0.2
    plain.validationLoss = 1e-12
    plain.testMetric = .nan
    var other = try line("b")
    other.parent = "a"
    other.testMetric = 3e20
    for lines in [[], [plain], [plain, other]] {
      let text = RunLineOutput.text(lines)
      #expect(try text == encoded(text))
    }
    let text = RunLineOutput.text([plain, other])
    let value = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[String: Any]]])
    let runs = try #require(value["runs"])
    #expect(runs[0]["name"] as? String == plain.name)
    #expect(text.contains("\"validationMetric\" : 0.30000000000000004\n"))
    #expect(runs[0]["testMetric"] is NSNull)
    #expect(runs[0]["created"] as? String == plain.created.ISO8601Format())
    #expect(runs[1]["tags"] as? [String] == ["x", "y"])
    #expect(runs[1]["parent"] as? String == "a")
    #expect(runs[0].count == 17)
  }

  @Test(
    "moments are written as Foundation writes them",
    arguments: [
      0, 1, -1, 59.999, 86_399, 86_400, 951_782_400, 951_868_799.5, 4_107_542_400, -2_203_891_200,
      1_795_250_712.9, -62_100_000_000, 253_402_300_800,
    ])
  func moments(seconds: Double) {
    let date = Date(timeIntervalSince1970: seconds)
    #expect(JSONText.moment(date) == date.ISO8601Format())
  }
}
