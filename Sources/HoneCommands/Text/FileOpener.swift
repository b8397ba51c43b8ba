import Foundation
import HoneText

/// Opens a file with the desktop's program for it.
enum FileOpener {
  static func open(_ path: String, _ context: CommandContext) {
    #if os(macOS)
      let program = "/usr/bin/open"
    #else
      let program = "/usr/bin/xdg-open"
    #endif
    guard FileManager.default.isExecutableFile(atPath: program) else {
      context.warn(
        Localized(
          "there is no program to open files with (\(program)); open \(path) yourself.",
          korean: "파일을 열 프로그램(\(program))이 없습니다. \(path) 파일을 직접 여십시오."))
      return
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      context.warn(
        Localized("\(path) could not be opened.", korean: "\(path) 파일을 열지 못했습니다."))
    }
  }
}
