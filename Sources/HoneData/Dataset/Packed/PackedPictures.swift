import CImage
import Foundation
import Synchronization

/// Pictures of a packed file.
///
/// Each is compared with its check sum when it is first asked for. One that is damaged is read from its own
/// file, and the packed file is removed, so that it is written anew when the data are next opened.
final class PackedPictures: PictureStore {
  private let file: PackedFile
  private let url: URL
  private let isDecoded: Bool
  private let files: PictureFiles
  private let checked: Mutex<[Check]>

  private enum Check { case none, sound, damaged }

  init(_ file: PackedFile, at url: URL, kind: CacheOptions.Kind, files: PictureFiles) {
    self.file = file
    self.url = url
    self.files = files
    isDecoded = kind == .raw
    checked = Mutex([Check](repeating: .none, count: file.entries.count))
  }

  /// Pictures whose bytes are not what was written, as far as they were asked for.
  var damagedCount: Int { checked.withLock { $0.count { $0 == .damaged } } }

  func withPicture<R>(of index: Int, _ body: (StoredPicture) throws -> R) throws -> R {
    let entry = file.entries[index]
    guard entry.count > 0 else { return try files.withPicture(of: index, body) }
    return try file.data.withUnsafeBytes { data in
      let start = Int(entry.offset)
      let bytes = UnsafeRawBufferPointer(rebasing: data[start..<(start + Int(entry.count))])
      guard isSound(index, bytes, entry) else { return try files.withPicture(of: index, body) }
      guard isDecoded, let pixels = bytes.start else { return try body(.file(bytes)) }
      return try body(
        .decoded(pixels, ImageSize(height: Int(entry.height), width: Int(entry.width))))
    }
  }

  private func isSound(
    _ index: Int, _ bytes: UnsafeRawBufferPointer, _ entry: PackedFile.Entry
  ) -> Bool {
    switch checked.withLock({ $0[index] }) {
    case .sound: return true
    case .damaged: return false
    case .none: break
    }
    let fits = !isDecoded || entry.count == UInt64(entry.height) * UInt64(entry.width) * 3
    let isSound = fits && ContentHash.number(of: bytes) == entry.hash
    checked.withLock { $0[index] = isSound ? .sound : .damaged }
    if !isSound { unlink(url.path) }
    return isSound
  }
}
