import ArgumentParser
import Foundation
import HoneStore
import HoneText

/// `hone doctor`: what is installed, found without loading any of it.
struct DoctorVerb: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "doctor",
      abstract: localized(
        "Say what is installed and what is missing.", "무엇이 설치되어 있고 무엇이 빠졌는지 알려 줍니다."))
  }

  @OptionGroup var global: GlobalOptions

  mutating func run() throws {
    let context = global.context()
    guard let environment = CommandEnvironment.current else { return }
    let report = DoctorReport(environment, context)
    if context.json {
      try context.emit(report)
    } else {
      report.say(context)
    }
    if !report.ready { throw ExitCode(ExitStatus.serviceUnavailable.rawValue) }
  }
}

/// The installation in facts; also the JSON of `hone doctor`.
struct DoctorReport: Encodable {
  let hone: String
  let ready: Bool
  @OrNull var engine: String?
  let libtorch: LibtorchReport
  let store: StoreReport
  let dataHome: FolderReport
  @OrNull var plotly: String?
  let system: String
  @OrNull var processor: String?
  let cores: Int
  let capability: String
  let devices: [String]

  struct LibtorchReport: Encodable {
    let path: String
    let missing: [String]
    @OrNull var version: String?
    let cuda: Bool
  }

  struct StoreReport: Encodable {
    let path: String
    let exists: Bool
    let writable: Bool
  }

  struct FolderReport: Encodable {
    let path: String
    let exists: Bool
  }

  init(_ environment: CommandEnvironment, _ context: CommandContext) {
    let files = FileManager.default
    let found = Libtorch(environment)
    let engine = EngineLauncher(environment: environment).engine
    hone = HoneVersion.current
    ready = engine != nil && found.missing.isEmpty && !found.isTooOld
    _engine = OrNull(wrappedValue: engine)
    libtorch = LibtorchReport(
      path: found.folder, missing: found.missing, version: found.version,
      cuda: found.hasCUDA)
    let path = context.storePath
    store =
      PostgreSQLStore.isAddress(path)
      ? DoctorReport.server(context)
      : StoreReport(
        path: path, exists: files.fileExists(atPath: path),
        writable: files.isWritableFile(atPath: DoctorReport.nearestFolder(path)))
    dataHome = FolderReport(
      path: context.dataHome, exists: files.fileExists(atPath: context.dataHome))
    _plotly = OrNull(wrappedValue: context.plotly)
    system = ProcessInfo.processInfo.operatingSystemVersionString
    cores = ProcessInfo.processInfo.activeProcessorCount
    let processor = DoctorReport.processor()
    _processor = OrNull(wrappedValue: processor.name)
    capability = processor.capability
    devices = (0..<16).filter { files.fileExists(atPath: "/dev/nvidia\($0)") }.map { "cuda:\($0)" }
  }

  /// What can be said of a store on a server, by asking it.
  private static func server(_ context: CommandContext) -> StoreReport {
    let name = PostgreSQLStore.displayName(of: context.storePath)
    do {
      _ = try context.openExistingStore()
      return StoreReport(path: name, exists: true, writable: true)
    } catch StoreError.missing {
      return StoreReport(path: name, exists: false, writable: true)
    } catch {
      return StoreReport(path: name, exists: false, writable: false)
    }
  }

  /// The path itself, or the nearest folder above it that is there.
  private static func nearestFolder(_ path: String) -> String {
    var path = path
    while !FileManager.default.fileExists(atPath: path), path.count > 1 {
      path = (path as NSString).deletingLastPathComponent
    }
    return path
  }

  /// The processor's name and widest vector instructions, as libtorch names them.
  private static func processor() -> (name: String?, capability: String) {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    var name: String?
    var flags: Set<Substring> = []
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let key = parts[0].trimmingCharacters(in: .whitespaces)
      if key == "model name", name == nil {
        name = parts[1].trimmingCharacters(in: .whitespaces)
      }
      if key == "flags", flags.isEmpty { flags = Set(parts[1].split(separator: " ")) }
    }
    let wide: Set<Substring> = ["avx512f", "avx512vl", "avx512bw", "avx512dq"]
    if wide.isSubset(of: flags) { return (name, "AVX512") }
    return (name, flags.contains("avx2") ? "AVX2" : "DEFAULT")
  }

  func say(_ context: CommandContext) {
    let none = context.text(Localized("not found", korean: "없음"))
    let yes = Localized("there", korean: "있음")
    let no = Localized("not there yet", korean: "아직 없음")
    var lines: [(Localized, String)] = []
    lines.append((Localized(verbatim: "hone"), hone))
    lines.append((Localized("engine", korean: "엔진"), engine ?? none))
    let version = libtorch.version ?? "?"
    let torch =
      libtorch.missing.isEmpty
      ? "\(version)  \(libtorch.path)" + (libtorch.cuda ? "  CUDA" : "")
      : "\(none): \(libtorch.path)/lib/\(libtorch.missing.joined(separator: ", "))"
    lines.append((Localized(verbatim: "libtorch"), torch))
    lines.append(
      (Localized("store", korean: "저장소"), "\(store.path)  \(context.text(store.exists ? yes : no))")
    )
    lines.append(
      (
        Localized("data home", korean: "데이터 폴더"),
        "\(dataHome.path)  \(context.text(dataHome.exists ? yes : no))"
      ))
    lines.append((Localized(verbatim: "plotly"), plotly ?? none))
    lines.append((Localized("system", korean: "운영체제"), system))
    lines.append(
      (
        Localized("processor", korean: "프로세서"),
        "\(processor ?? "?")  \(cores)  \(capability)"
      ))
    lines.append(
      (Localized("devices", korean: "장치"), (["cpu"] + devices).joined(separator: ", ")))
    let width = lines.map { displayWidth(context.text($0.0)) }.max() ?? 0
    for (name, value) in lines {
      let word = context.text(name)
      context.say(word + String(repeating: " ", count: width - displayWidth(word) + 2) + value)
    }
    guard !ready else { return }
    context.say(
      Localized(
        "Not ready for tensor work: run `make build` and `Scripts/bootstrap`.",
        korean: "텐서 연산 준비가 되지 않았습니다. `make build`와 `Scripts/bootstrap`을 실행하십시오."))
  }
}
