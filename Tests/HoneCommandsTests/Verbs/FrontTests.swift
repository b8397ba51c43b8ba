import Foundation
import HoneCommands
import Testing

@Suite("The front command") struct FrontTests {
  /// A world with an engine and a libtorch on the disk.
  private func installed(_ folder: TemporaryFolder, version: String = "2.13.0+cpu") throws -> World
  {
    try folder.write("bin/hone-engine", "", executable: true)
    for name in ["libtorch_cpu.so", "libc10.so", "libtorch_cpu.dylib", "libc10.dylib"] {
      try folder.write("torch/lib/\(name)", "")
    }
    try folder.write("torch/version.py", "__version__ = '\(version)'\n")
    return World(
      variables: ["LIBTORCH": folder.path + "/torch"], executable: folder.path + "/bin/hone",
      folder: folder.path, keeping: folder)
  }

  @Test("hands tensor verbs on to the engine with the same words") func handsOn() async throws {
    let folder = try TemporaryFolder()
    let run = try await installed(folder).run("train", "digits", "--epochs", "2")
    #expect(run.status == 0)
    #expect(run.started.count == 1)
    #expect(run.started.first?.program == folder.path + "/bin/hone-engine")
    #expect(run.started.first?.arguments == ["train", "digits", "--epochs", "2"])
    let search = run.started.first?.variables.values.first
    #expect(search == folder.path + "/torch/lib")
  }

  @Test("says which part is missing before it hands on") func missing() async throws {
    let folder = try TemporaryFolder()
    let world = try installed(folder)
    try FileManager.default.removeItem(atPath: folder.path + "/torch/lib")
    let noTorch = await world.run("train", "digits")
    #expect(noTorch.status == 69)
    #expect(noTorch.errors.contains("LIBTORCH"))
    #expect(noTorch.errors.contains("Scripts/bootstrap"))
    try FileManager.default.removeItem(atPath: folder.path + "/bin/hone-engine")
    let noEngine = await world.run("train", "digits", "--lang", "ko")
    #expect(noEngine.status == 69)
    #expect(noEngine.errors.contains("hone-engine을 찾지 못했습니다"))
    #expect(noEngine.started.isEmpty)
  }

  @Test("refuses a libtorch that is too old") func tooOld() async throws {
    let run = try await installed(TemporaryFolder(), version: "2.9.1").run("demo")
    #expect(run.status == 69)
    #expect(run.errors.contains("2.9.1"))
  }

  @Test("checks configuration and data before it hands on") func checksFirst() async throws {
    let folder = try TemporaryFolder()
    let world = try installed(folder)
    try folder.write("bad.yaml", "optimizer:\n  kind: adamW\n  learningrate: 1\n")
    let bad = await world.run("train", "digits", "--config", "bad.yaml")
    #expect(bad.status == 78)
    #expect(bad.errors.hasPrefix("hone: bad.yaml:3:3: optimizer.learningrate: "))
    #expect(bad.started.isEmpty)
    let negative = await world.run("train", "digits", "--learning-rate", "-1")
    #expect(negative.status == 78)
    #expect(negative.errors.contains("found -1"))
    let key = await world.run("train", "digits", "--set", "optimizer.lerningRate=1")
    #expect(key.errors.contains("Did you mean \"learningRate\"?"))
    let nowhere = await world.run("train", "fashion-mnits")
    #expect(nowhere.status == 66)
    #expect(nowhere.errors.contains("Did you mean \"fashion-mnist\"?"))
    #expect(await world.run("train").status == 64)
    #expect(await world.run("train", "digits", "--set", "epochs").status == 64)
    #expect(await world.run("train", "digits", "--config", "none.yaml").status == 66)
  }

  @Test(
    "refuses by name what this version does not have",
    arguments: [
      ["dashboard"], ["export", "last", "--format", "onnx"],
    ])
  func refuses(_ words: [String]) async {
    let run = await World().run(words)
    #expect(run.status == 64)
    #expect(run.errors.contains("this version of Hone has no"))
    #expect(run.started.isEmpty)
  }

  @Test("speaks the language of the flag, or else of the locale") func language() async {
    let korean = await World(variables: ["LANG": "ko_KR.UTF-8"]).run("dashboard")
    #expect(korean.errors.contains("이 버전에는 아직"))
    let english = await World(variables: ["LANG": "ko_KR.UTF-8"]).run(
      "runs", "list", "--lang", "en")
    #expect(english.output.contains("No runs."))
    #expect(await World().run("--help", "--lang=ko").output.contains("딥러닝"))
  }

  @Test("help, version and usage errors have their codes and places") func usage() async {
    let help = await World().run("--help")
    #expect(help.status == 0)
    #expect(help.output.contains("improve"))
    let parts = help.output.components(separatedBy: "NOT IN THIS VERSION")
    #expect(parts.first?.contains("  augment ") == true)
    #expect(parts.count == 2 && parts[1].contains("  export "))
    #expect(await World().run("--version").output == HoneVersion.current + "\n")
    let unknown = await World().run("trian", "digits")
    #expect(unknown.status == 64)
    #expect(unknown.output.isEmpty)
    #expect(await World().run("improve", "digits", "--seeds", "1").status == 64)
  }

  @Test("doctor says what is there without loading it") func doctor() async throws {
    let run = try await installed(TemporaryFolder()).run("doctor", "--json")
    #expect(run.status == 0)
    let json = try run.json()
    #expect(json["ready"] as? Bool == true)
    #expect((json["libtorch"] as? [String: Any])?["version"] as? String == "2.13.0+cpu")
    #expect(await World().run("doctor").status == 69)
  }
}
