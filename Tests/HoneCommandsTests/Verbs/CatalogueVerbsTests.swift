import Foundation
import HoneConfiguration
import HoneMetrics
import Testing

@testable import HoneCommands

@Suite("Catalogue verbs") struct CatalogueVerbsTests {
  @Test("a list has a line for each name, summaries aligned under headings")
  func list() async throws {
    let run = await World().run("layers")
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n").map(String.init)
    #expect(lines.contains("Convolutions") && lines.contains("Activations"))
    let rows = try ["conv2d", "linear", "depthwiseSeparable2d"].map { name in
      try #require(lines.first { $0.hasPrefix("  \(name) ") })
    }
    let summaries = [" a convolution over images", " a fully connected", " a convolution of each"]
    let columns = try zip(rows, summaries).map { row, summary in
      row.distance(from: row.startIndex, to: try #require(row.range(of: summary)).lowerBound)
    }
    #expect(Set(columns).count == 1)
    #expect(lines.last?.contains("`hone layers NAME`") == true)
    let korean = await World().run("layers", "--lang", "ko").output
    #expect(korean.contains("합성곱") && korean.contains("이미지 합성곱 층"))
    #expect(await World().run("optimizers").output.contains("Keys beside any optimizer: "))
  }

  @Test("a name shows formula, source, parameters with defaults and range, and an example")
  func detail() async throws {
    let output = await World().run("layers", "conv2d").output
    for part in [
      "conv2d  (Convolutions)", "y[o, p] = ", "Source: LeCun et al. 1998", "required",
      "the step between windows", "a whole number from 1 up", "    - conv2d: {outputs: 16",
    ] {
      #expect(output.contains(part), "\(part)")
    }
    let korean = await World().run("layers", "conv2d", "--lang", "ko").output
    #expect(korean.contains("출처: LeCun") && korean.contains("1 이상의 정수"))
    let alias = await World().run("layers", "MAXPOOL2D").output
    #expect(alias.hasPrefix("maxPool  ") && alias.contains("Other names: maxPool1d, maxPool2d"))
    #expect(await World().run("models", "resnet50").output.contains("25.6 M"))
    let metric = await World().run("metrics", "brierScore").output
    #expect(metric.contains("Source: Brier 1950") && metric.contains("metric: brierScore"))
    #expect(await World().run("models", "vae").output.contains("Train VariationalAutoencoder"))
  }

  @Test("a word is searched in names, other names and summaries")
  func search() async throws {
    let output = await World().run("layers", "dropout").output
    #expect(output.hasPrefix("dropout  ") && output.contains("See also: channelDropout, "))
    let pools = await World().run("layers", "pool").output
    #expect(pools.contains("  maxPool ") && !pools.contains("conv2d"))
    #expect(await World().run("layers", "swish").output.hasPrefix("silu  "))
    #expect(await World().run("optimizers", "orthogonal").output.hasPrefix("muon"))
    let found = try await World().run("layers", "pool", "--json").json()["layers"]
    #expect((found as? [[String: Any]])?.count ?? 0 > 4)
  }

  @Test("a misspelt name is answered with the nearest")
  func misspelt() async throws {
    let run = await World().run("layers", "conv2e")
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.errors.contains("there is no layer \"conv2e\". Did you mean \"conv2d\"?"))
    let korean = await World().run("models", "resnt50", "--lang", "ko")
    #expect(korean.errors.contains("\"resnet50\"을(를) 쓰려고 하셨습니까?"))
    let lost = await World().run("metrics", "qqqqqqqqqqqqq")
    #expect(lost.errors.contains("`hone metrics` lists all."))
  }

  @Test(
    "as JSON an entry has all that the page of its name says",
    arguments: [
      "models", "layers", "initializers", "augmentations", "losses", "optimizers", "schedules",
      "metrics",
    ])
  func json(_ verb: String) async throws {
    let entries = try #require(
      try await World().run(verb, "--json").json()[verb] as? [[String: Any]])
    #expect(entries.count > 5)
    for entry in entries {
      let name = try #require(entry["name"] as? String)
      let keys: Set = [
        "name", "aliases", "group", "summary", "formula", "source", "parameters", "example",
        "refusal",
      ]
      #expect(keys.isSubset(of: entry.keys), "\(name)")
      let example = try #require(entry["example"] as? String)
      let isRefused = entry["refusal"] is String
      #expect(example.isEmpty == isRefused, "\(name)")
      if !isRefused { _ = try Configuration(text: example) }
    }
  }

  @Test("text that is wider than a terminal goes on below itself")
  func wrapping() async throws {
    #expect(wrapped("one two three", to: 7) == ["one two", "three"])
    #expect(wrapped("", to: 7) == [""])
    var world = World()
    world.terminal = Terminal(
      outputIsTerminal: true, errorIsTerminal: true, width: 60, usesColor: false)
    let output = await world.run("layers", "groupNorm").output
    let isNarrow = output.split(separator: "\n").allSatisfy { displayWidth(String($0)) <= 60 }
    #expect(isNarrow)
  }

  @Test("the document of the source tree is what the catalogue says: run Scripts/catalogue")
  func document() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("Documentation/Catalogue.md")
    let isCurrent = try String(contentsOf: file, encoding: .utf8) == CatalogueDocument.text
    #expect(isCurrent)
  }

  @Test("options of training say where names are listed, and misspelt ones get the nearest")
  func options() async throws {
    let help = await World().run("train", "--help").output
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    for verb in ["hone models", "hone optimizers", "hone schedules"] {
      #expect(help.contains("`\(verb)`"))
    }
    for (option, name, nearest) in [
      ("--model", "resnet2O", "resnet20"), ("--optimizer", "adamv", "adam"),
      ("--schedule", "cosin", "cosine"),
    ] {
      let run = await World(engine: FakeEngine()).run("train", "digits", option, name)
      #expect(run.status == 78)
      #expect(run.errors.contains("Did you mean \"\(nearest)\"?"))
    }
    let engine = FakeEngine()
    _ = await World(engine: engine).run("train", "digits", "--schedule", "oneCycle")
    #expect(engine.trainRequests.first?.configuration.schedule.course == .oneCycle())
  }
}
