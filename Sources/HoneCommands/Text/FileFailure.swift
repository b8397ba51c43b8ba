import Foundation
import HoneText

/// A file that could not be read or written, as Foundation reports it.
struct FileFailure: ReportableError {
  let error: CocoaError

  init(_ error: CocoaError) {
    self.error = error
  }

  var explanation: Localized {
    let path = error.filePath ?? error.url?.path ?? "?"
    switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile:
      return Localized("\(path): there is no such file.", korean: "\(path): 파일이 없습니다.")
    case .fileWriteOutOfSpace:
      return Localized(
        "\(path): the disk is full; nothing half-written was kept.",
        korean: "\(path): 디스크가 가득 찼습니다. 쓰다 만 파일은 남기지 않았습니다.")
    case .fileWriteNoPermission, .fileWriteVolumeReadOnly:
      return Localized(
        "\(path): writing is not permitted.", korean: "\(path): 쓸 권한이 없습니다.")
    case .fileReadNoPermission:
      return Localized(
        "\(path): reading is not permitted.", korean: "\(path): 읽을 권한이 없습니다.")
    default:
      let detail = error.localizedDescription
      return Localized("\(path): \(detail)", korean: "\(path): \(detail)")
    }
  }

  var exitStatus: ExitStatus {
    switch error.code {
    case .fileNoSuchFile, .fileReadNoSuchFile: .inputNotFound
    case .fileWriteNoPermission, .fileWriteVolumeReadOnly: .cannotCreateOutput
    default: .inputOutput
    }
  }
}
