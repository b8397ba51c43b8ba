import ArgumentParser
import Foundation
import HoneRecords
import HoneText

/// The file of `hone runs export`: a run with its series, numbers that are not finite as words.
struct RunFile: Codable {
  var format = RunFile.currentFormat
  var evidence: RunEvidence

  static let currentFormat = "hone-run-1"

  static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .secondsSince1970
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }

  static func decoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .secondsSince1970
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}

struct RunsExportVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "export",
      abstract: localized(
        "Write a run's records as a JSON file, without its checkpoints.",
        "실행 기록을 JSON 파일로 씁니다. 체크포인트는 들어가지 않습니다."))
  }

  @Argument(help: runHelp()) var reference: String
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: help("The file; standard output without it.", "파일. 쓰지 않으면 표준 출력.", valueName: "file.json")
  )
  var output: String?
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let store = try context.openExistingStore()
    let evidence = try store.evidence(try store.find(reference).id)
    let data = try RunFile.encoder().encode(RunFile(evidence: evidence))
    guard let output else {
      context.console.printLine(String(decoding: data, as: UTF8.self))
      return
    }
    let path = CommandEnvironment.current?.absolute(output) ?? output
    guard !FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure.exists(output)
    }
    try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    if context.json {
      try context.emit(["run": evidence.run.id, "file": output])
    } else {
      context.say("\(evidence.run.id) → \(output)")
    }
  }
}

struct RunsImportVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "import",
      abstract: localized("Take in a run that export wrote.", "export로 쓴 실행을 가져옵니다."))
  }

  @Argument(help: help("The file.", "파일.", valueName: "file.json")) var file: String
  @Flag(help: help("Replace a run of the same id.", "같은 id의 실행을 바꿉니다.")) var replace = false
  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    let path = CommandEnvironment.current?.absolute(file) ?? file
    guard FileManager.default.fileExists(atPath: path) else {
      throw CommandFailure.inputNotFound(file)
    }
    let content = try Data(contentsOf: URL(fileURLWithPath: path))
    guard let read = try? RunFile.decoder().decode(RunFile.self, from: content),
      read.format == RunFile.currentFormat
    else { throw CommandFailure.unreadable(file, detail: RunFile.currentFormat) }
    let store = try context.openStore()
    let run = read.evidence.run
    if !replace, (try? store.run(run.id)) != nil {
      throw CommandFailure.usage(
        Localized(
          "run \(run.id) is in the store already; --replace replaces it.",
          korean: "실행 \(run.id)은(는) 저장소에 이미 있습니다. 바꾸려면 --replace를 쓰십시오."))
    }
    try store.save(run)
    for epoch in read.evidence.epochs { try store.append(epoch, to: run.id) }
    try store.append(read.evidence.steps, to: run.id)
    if context.json {
      try context.emit(["run": run.id])
    } else {
      context.say("\(file) → \(run.id)")
    }
  }
}
