import Foundation
import HoneText

extension TableReader {
  /// The pictures that a column names, by path; relative ones lie beside the table.
  /// - Throws: `DataError.badFile` naming the line of a missing name or of a file that is not there.
  mutating func pictures(
    of columns: [Int], among all: [Int], options: DataOptions
  ) throws(DataError) -> Features {
    guard let column = columns.first, columns.count == 1 else {
      let names = columns.map { "'\(self.names[$0])'" }.joined(separator: ", ")
      throw DataError.badFile(
        path: path,
        reason: "the columns \(names) name pictures; a sample is one. Set all but one of them to "
          + "ignore in data.columns")
    }
    let others = all.filter { $0 != column && kinds[names[$0]] != .ignored }
    if !others.isEmpty {
      let list = others.map { "'\(names[$0])'" }.joined(separator: ", ")
      note(
        Localized(
          "A model of pictures sees nothing but pictures: \(list) left out.",
          korean: "이미지 모델은 이미지만 입력받으므로 \(list)을(를) 제외했습니다."))
    }
    var paths: [String] = []
    paths.reserveCapacity(rows)
    for row in firstRow..<text.rows {
      if text.isMissing(row, column) {
        throw DataError.badFile(
          path: path,
          reason: "line \(text.lines[row]) names no picture in the column '\(names[column])'")
      }
      let file = picture(text.text(row, column))
      guard FileManager.default.fileExists(atPath: file) else {
        throw DataError.badFile(
          path: path,
          reason: "line \(text.lines[row]) names the picture '\(file)', which is not there")
      }
      paths.append(file)
    }
    let channels: Int
    if let chosen = options.imageChannels {
      channels = chosen
    } else {
      channels = try ImageFolderSource.storedChannels(of: paths)
    }
    return Features(
      samples: .images(
        ImageFiles(paths: paths, channels: channels, reading: options)),
      columns: [names[column]])
  }

  /// Whether a value names a picture by its ending.
  static func namesPicture(_ value: String) -> Bool {
    guard let dot = value.lastIndex(of: ".") else { return false }
    return ImageDecoder.endings.contains(value[value.index(after: dot)...].lowercased())
  }

  /// Whether a file lies where a value names it, so that a column of names of lost files stays one.
  func hasPicture(_ value: String) -> Bool {
    FileManager.default.fileExists(atPath: picture(value))
  }

  private func picture(_ value: String) -> String {
    if value.hasPrefix("/") { return value }
    return URL(fileURLWithPath: path).deletingLastPathComponent().appendingPathComponent(value).path
  }
}
