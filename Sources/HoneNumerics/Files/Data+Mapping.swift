package import Foundation

extension Data {
  /// Files from this size on are mapped; smaller ones are read in less time.
  private static let leastMapped = 1 << 16

  /// A file's content, mapped where it is a large file of a disk, so that its pages are the system's
  /// cache and not memory of the process; read where it is small or a pipe.
  ///
  /// Foundation's `mappedIfSafe` reads the whole file on Linux.
  /// - Throws: what Foundation throws of a file that cannot be read.
  package init(mapping url: URL) throws {
    let file = url.resolvingSymlinksInPath()
    let values = try? file.resourceValues(forKeys: [.isRegularFileKey, .fileSizeKey])
    let isLarge = (values?.fileSize ?? 0) >= Self.leastMapped
    let options: Data.ReadingOptions =
      isLarge && values?.isRegularFile == true ? .alwaysMapped : []
    try self.init(contentsOf: file, options: options)
  }
}
