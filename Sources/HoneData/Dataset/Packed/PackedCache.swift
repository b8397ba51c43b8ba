import Foundation
import HoneText
import Synchronization

/// The packed file of a folder's pictures: opened where it is sound, written where it is not.
struct PackedCache {
  let url: URL
  private let kind: CacheOptions.Kind
  private let files: PictureFiles
  private let content: UInt64
  private let isUpright: Bool

  /// - Parameters:
  ///   - options: what it holds and where.
  ///   - paths: the image files, in the order of the samples.
  ///   - folder: the folder of the data.
  ///   - content: what identifies the files as they are.
  ///   - isUpright: whether decoded pictures are turned as their EXIF blocks say.
  init(
    _ options: CacheOptions, of paths: [String], folder: URL, content: String, isUpright: Bool
  ) {
    kind = options.kind
    files = PictureFiles(paths: paths)
    self.isUpright = isUpright
    var hash = ContentHash()
    hash.add("\(content) \(kind.rawValue) \(kind == .raw && isUpright)")
    self.content = hash.number
    let beside = folder.standardizedFileURL.path + ".\(kind.rawValue).cache"
    url = URL(fileURLWithPath: options.path ?? beside)
  }

  /// The pictures of the file, which is written first where it has to be; nil where that is not possible,
  /// which a note says.
  func pictures(_ notes: inout [Localized]) -> PackedPictures? {
    switch load() {
    case .success(let pictures): return pictures
    case .failure: break
    }
    // One builds; others wait for it here and then find the file. The system takes the lock from the dead.
    let lock = open(url.deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
    defer { if lock >= 0 { close(lock) } }
    let isLocked = lock >= 0 && flock(lock, LOCK_EX) == 0
    switch load() {
    case .success(let pictures): return pictures
    case .failure(let problem): note(problem, &notes)
    }
    if isLocked { PackedWriter.removeRemains(of: url) }
    do {
      let bytes = try build()
      notes.append(written(bytes))
      return try load().get()
    } catch let error as DataError {
      notes.append(failed(error.explanation))
    } catch {
      notes.append(failed(Localized(verbatim: "\(error)")))
    }
    return nil
  }

  private func load() -> Result<PackedPictures, PackedFile.Problem> {
    do throws(PackedFile.Problem) {
      let file = try PackedFile(url, content: content, count: files.paths.count)
      return .success(PackedPictures(file, at: url, kind: kind, files: files))
    } catch {
      return .failure(error)
    }
  }

  /// Writes the file; pictures are decoded on all cores, a few at a time, so that memory stays bounded.
  /// - Returns: its bytes.
  private func build() throws(DataError) -> Int {
    var writer = try PackedWriter(url)
    let count = files.paths.count
    let step = 2 * ProcessInfo.processInfo.activeProcessorCount
    do throws(DataError) {
      for first in stride(from: 0, to: count, by: step) {
        let found = Mutex([Picture?](repeating: nil, count: min(step, count - first)))
        DispatchQueue.concurrentPerform(iterations: min(step, count - first)) { place in
          let picture = picture(first + place)
          found.withLock { $0[place] = picture }
        }
        for picture in found.withLock({ $0 }) {
          try writer.add(
            picture?.pixels ?? [], height: picture?.height ?? 0, width: picture?.width ?? 0)
        }
      }
      try writer.finish(content: content)
    } catch {
      writer.abandon()
      throw error
    }
    let facts = try? FileManager.default.attributesOfItem(atPath: url.path)
    return (facts?[.size] as? Int) ?? 0
  }

  /// What is kept of a file; nil where it cannot be read, which is told when the sample is asked for.
  private func picture(_ index: Int) -> Picture? {
    let path = files.paths[index]
    return try? FileBytes.withContent(of: path) { bytes in
      guard kind == .raw else {
        return Picture(width: 0, height: 0, isGrey: false, pixels: Array(bytes))
      }
      return try ImageDecoder.decode(Array(bytes), path: path, isUpright: isUpright)
    }
  }

  private func note(_ problem: PackedFile.Problem, _ notes: inout [Localized]) {
    switch problem {
    case .absent: break
    case .outdated:
      notes.append(
        Localized(
          "The packed file '\(url.path)' was made of other files or of earlier states of them; it is "
            + "written anew.",
          korean: "캐시 파일 '\(url.path)'이(가) 현재 파일과 맞지 않아 다시 만듭니다."))
    case .damaged(let reason):
      notes.append(
        Localized(
          "The packed file '\(url.path)' is damaged (\(reason)); it is written anew.",
          korean: "캐시 파일 '\(url.path)'이(가) 손상되어(\(reason)) 다시 만듭니다."))
    }
  }

  private func written(_ bytes: Int) -> Localized {
    let size = "\(bytes >> 20) MiB"
    return Localized(
      "\(files.paths.count) pictures were packed into '\(url.path)' (\(kind.rawValue), \(size)).",
      korean: "사진 \(files.paths.count)장을 캐시 파일 '\(url.path)'에 모았습니다(\(kind.rawValue), \(size)).")
  }

  private func failed(_ reason: Localized) -> Localized {
    Localized(
      "The packed file '\(url.path)' could not be written; the image files are read instead. "
        + reason.english,
      korean: "캐시 파일 '\(url.path)'을(를) 쓰지 못해 이미지 파일을 직접 읽습니다. \(reason.korean)")
  }
}
