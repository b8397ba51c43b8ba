import HoneText

/// Why the tensor verbs cannot start.
enum EngineUnavailable: ReportableError, Equatable {
  /// There is no `hone-engine` where it should be.
  case engineMissing(looked: [String])
  /// There is no libtorch where it should be.
  case libtorchMissing(folder: String, missing: [String])
  /// The libtorch found is too old.
  case libtorchTooOld(folder: String, version: String)
  /// The system refused to start the engine.
  case notStartable(program: String, reason: String)

  var exitStatus: ExitStatus { .serviceUnavailable }

  var explanation: Localized {
    switch self {
    case .engineMissing(let looked):
      let places = looked.joined(separator: ", ")
      return Localized(
        "hone-engine, which does the tensor work, was not found (looked at \(places)). "
          + "Build it with `make build`, or install it beside `hone`.",
        korean: "텐서 연산을 맡는 hone-engine을 찾지 못했습니다 (찾은 곳: \(places)). "
          + "`make build`로 빌드하거나 `hone` 옆에 설치하십시오.")
    case .libtorchMissing(let folder, let missing):
      let files = missing.joined(separator: ", ")
      return Localized(
        "libtorch was not found: \(folder)/lib has no \(files). Run `Scripts/bootstrap`, "
          + "or set LIBTORCH to the folder that holds libtorch's include/ and lib/.",
        korean: "libtorch를 찾지 못했습니다. \(folder)/lib에 \(files) 파일이 없습니다. "
          + "`Scripts/bootstrap`을 실행하거나, include/와 lib/가 있는 libtorch 폴더를 "
          + "LIBTORCH로 알려 주십시오.")
    case .libtorchTooOld(let folder, let version):
      return Localized(
        "libtorch \(version) at \(folder) is older than \(Libtorch.minimum), which Hone needs. "
          + "Run `Scripts/bootstrap`, or set LIBTORCH to a newer one.",
        korean: "\(folder)의 libtorch \(version)은 Hone에 필요한 \(Libtorch.minimum)보다 오래되었습니다. "
          + "`Scripts/bootstrap`을 실행하거나 LIBTORCH로 새 버전을 알려 주십시오.")
    case .notStartable(let program, let reason):
      return Localized(
        "\(program) cannot be started: \(reason).",
        korean: "\(program)을(를) 시작할 수 없습니다: \(reason).")
    }
  }
}
