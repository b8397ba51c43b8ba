import Foundation
import Testing

@Suite("Configuration and catalogue verbs") struct ConfigVerbsTests {
  @Test("init writes a file that validate accepts") func initAndValidate() async throws {
    let folder = try TemporaryFolder()
    let world = World(folder: folder.path)
    #expect(await world.run("config", "init", "digits", "-o", "hone.yaml").status == 0)
    #expect(try folder.read("hone.yaml").contains("source: digits"))
    #expect(await world.run("config", "init", "-o", "hone.yaml").status == 73)
    let valid = await world.run("config", "validate", "hone.yaml", "--json")
    #expect(valid.status == 0)
    #expect(try valid.json()["valid"] as? Bool == true)
  }

  @Test("validate names every problem with its place") func problems() async throws {
    let folder = try TemporaryFolder()
    try folder.write("bad.yaml", "trainin: {}\ntraining:\n  epochs: -2\n")
    let world = World(folder: folder.path)
    let run = await world.run("config", "validate", "bad.yaml", "--json")
    #expect(run.status == 78)
    let problems = try run.json()["problems"] as? [[String: Any]]
    #expect(problems?.map { $0["line"] as? Int } == [1, 3])
    let text = await world.run("config", "validate", "bad.yaml")
    #expect(text.errors.contains("bad.yaml:1:1: trainin: "))
    #expect(text.errors.contains("bad.yaml:3:11: training.epochs: found -2"))
    try folder.write("empty.yaml", "")
    #expect(await world.run("config", "validate", "empty.yaml").status == 78)
    #expect(await world.run("config", "validate", "none.yaml").status == 66)
  }

  @Test("schema prints the schema") func schema() async throws {
    let json = try await World().run("config", "schema").json()
    #expect(json["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
  }

  @Test(
    "catalogues list names, parameters and defaults",
    arguments: [
      ("models", "resnet20"), ("layers", "conv2d"), ("initializers", "orthogonal"),
      ("optimizers", "adamW"), ("schedules", "cosine"), ("losses", "huber"),
      ("augmentations", "cutMix"), ("datasets", "fashion-mnist"), ("metrics", "accuracy"),
    ])
  func catalogues(_ verb: String, _ name: String) async throws {
    let entries = try await World().run(verb, "--json").json()[verb] as? [[String: Any]]
    #expect(entries?.contains { $0["name"] as? String == name } == true)
    #expect(await World().run(verb, "--lang", "ko").output.contains(name))
  }
}
