import Foundation
import HoneRecords

/// What the event files of a folder hold already, when a run goes on there.
///
/// A resumed run takes its steps as it took them before: what is written stands.
struct EarlierEvents {
  /// The last step of each tag of numbers.
  private var steps: [String: Int] = [:]
  /// The texts by tag.
  private(set) var texts: [String: String] = [:]
  /// The tags of histograms and pictures.
  private(set) var others: Set<String> = []

  /// Reads a folder; files that cannot be read hold nothing.
  init(folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names.sorted() where EventFileReader.isEventFile(name) {
      guard let contents = try? EventFileReader.read(path: "\(folder)/\(name)") else { continue }
      for series in contents.scalars {
        let last = series.points.map(\.step).max() ?? Int.min
        steps[series.name] = max(steps[series.name] ?? Int.min, last)
      }
      texts.merge(contents.texts) { $1 }
      others.formUnion(contents.others)
    }
  }

  /// Whether there is a number under a tag at a step or later.
  func has(_ tag: String, step: Int) -> Bool { steps[tag].map { $0 >= step } ?? false }
}
