import Foundation
import Testing

@Suite("hone diagnose measures a run again") struct ProbeTests {
  /// A small run on the digits, with dropout.
  private func trained() throws -> BuiltCommand {
    let command = try BuiltCommand()
    let ended = try command.hone(
      "train", "digits", "--model", "mlp", "--set", "model.widths=[16]", "--set",
      "model.dropout=0.5", "--epochs", "1", "--batch-size", "128")
    #expect(ended.status == 0, "\(ended.errors)")
    return command
  }

  @Test("dropout and a slice of the landscape are measured, kept with the run and reported")
  func views() throws {
    let command = try trained()
    let ended = try command.hone("diagnose", "last", "--views", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    let probes = try #require(try ended.json()["probes"] as? [String: Any])
    let view = try #require((probes["dropouts"] as? [[String: Any]])?.first)
    #expect(view["probability"] as? Double == 0.5)
    let slice = try #require(probes["landscape"] as? [String: Any])
    #expect((slice["train"] as? [Double])?.count == 21)
    #expect((slice["validation"] as? [Double])?.count == 21)
    // Kept: a later diagnosis shows them without measuring again.
    let later = try command.hone("diagnose", "last", "--json")
    #expect(try later.json()["probes"] is [String: Any])
    let reported = try command.hone("report", "last", "-o", "report.html")
    #expect(reported.status == 0, "\(reported.errors)")
    let page = try String(
      contentsOf: command.folder.appending(path: "report.html"), encoding: .utf8)
    #expect(page.contains("loss landscape"))
  }

  @Test("single samples and the gradients' noise are told in words and as JSON")
  func samplesAndNoise() throws {
    let command = try BuiltCommand()
    let trained = try command.hone(
      "train", "digits", "--model", "mlp", "--set", "model.widths=[16]", "--epochs", "3")
    #expect(trained.status == 0, "\(trained.errors)")
    let ended = try command.hone("diagnose", "last", "--noise-scale", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    let json = try ended.json()
    let probes = try #require(json["probes"] as? [String: Any])
    let noise = try #require(probes["noiseScale"] as? [String: Any])
    #expect((noise["covarianceTrace"] as? Double ?? 0) > 0)
    let dynamics = try #require(json["dynamics"] as? [String: Any])
    #expect(dynamics["epochs"] as? Int == 3)
    #expect((dynamics["hardest"] as? [[String: Any]])?.count == 20)
    let told = try command.hone("diagnose", "last")
    #expect(told.output.contains("training samples were answered after each of 3 epochs"))
    #expect(told.output.contains("Gradient noise scale"))
  }

  @Test("a learning curve prices three ways on, within its time")
  func learningCurve() throws {
    let command = try trained()
    let ended = try command.hone(
      "diagnose", "last", "--learning-curve", "--seeds", "2", "--target", "0.99", "--json")
    #expect(ended.status == 0, "\(ended.errors)")
    let json = try ended.json()
    let probes = try #require(json["probes"] as? [String: Any])
    let curve = try #require(probes["learningCurve"] as? [String: Any])
    #expect((curve["points"] as? [[String: Any]])?.count == 3)
    #expect((curve["options"] as? [[String: Any]])?.isEmpty == false)
    let decision = try #require(json["decision"] as? [String: Any])
    let budget = try #require(decision["budget"] as? [String: Any])
    #expect((budget["parts"] as? [[String: Any]])?.count == 5)
  }
}
