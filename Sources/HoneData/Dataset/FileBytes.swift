import CImage
import Foundation
import HoneNumerics

/// A file's content in memory.
enum FileBytes {
  /// What a gzip file may inflate to: data shrink tenfold, at most a hundredfold; what promises more is
  /// likelier an attack, and is refused before memory is taken for it.
  static func inflatedLimit(of count: Int) -> Int {
    min(8 << 30, max(64 << 20, 200 * count))
  }

  /// Reads a file and inflates it where it is compressed with gzip.
  static func read(_ url: URL) throws(DataError) -> [UInt8] { [UInt8](try mapped(url)) }

  /// Maps a file into memory, so that its pages are the system's cache; inflates it where it is
  /// compressed with gzip.
  static func mapped(_ url: URL) throws(DataError) -> Data {
    let content: Data
    do {
      content = try Data(mapping: url)
    } catch {
      throw DataError.unreadable(path: url.path, reason: reason(of: error))
    }
    guard content.prefix(2) == Data([0x1F, 0x8B]) else { return content }
    var output: UnsafeMutablePointer<UInt8>?
    var count = 0
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    let status = content.withUnsafeBytes { raw in
      cimage_inflate(
        raw.assumingMemoryBound(to: UInt8.self).baseAddress, raw.count,
        inflatedLimit(of: raw.count), &output, &count, &message)
    }
    guard status == Int32(cimage_ok.rawValue), let output else {
      throw DataError.badFile(path: url.path, reason: ImageDecoder.text(of: message))
    }
    return Data(
      bytesNoCopy: output, count: count, deallocator: .custom { memory, _ in cimage_free(memory) })
  }

  /// What the system says of an error, without the path that our own message names.
  static func reason(of error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    if let underlying, underlying.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(underlying.code)))
    }
    return (error as NSError).localizedDescription
  }
}
