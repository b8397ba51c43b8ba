import CImage
import Dispatch
import HoneText
import Synchronization

/// One pass over all samples: a hash of each, what images look like, and the reasons of those that
/// cannot be read.
struct SampleScan {
  /// Of content and label, by sample; nil where it cannot be read.
  private(set) var hashes: [UInt64?]
  /// Of the content alone; texts by their words.
  private(set) var contents: [UInt64?]
  /// What each image looks like; empty for other data.
  private(set) var images: [ImageFacts?] = []
  /// The words of each text; empty for other data.
  private(set) var words: [[String]] = []
  /// By the sample's name.
  private(set) var corrupt: [String: String] = [:]

  init(_ dataset: Dataset) {
    hashes = [UInt64?](repeating: nil, count: dataset.count)
    contents = hashes
    switch dataset.samples {
    case .images(let images): scan(images, count: dataset.count)
    case .table(let table): scan(table, dataset)
    case .text(let text): scan(text, dataset)
    }
  }

  private mutating func scan(_ images: any ImageSamples, count: Int) {
    let facts = [ImageFacts?](repeating: nil, count: count)
    let found = Mutex((hashes: hashes, facts: facts, corrupt: corrupt))
    let bytes = images.sampleBytes
    let piece = 64
    DispatchQueue.concurrentPerform(iterations: (count + piece - 1) / piece) { part in
      let range = (part * piece)..<min(count, (part + 1) * piece)
      let results = range.map { index in
        Result {
          try images.withPixels(of: index) { pixels in
            var facts = ImageFacts(
              pixels, channels: images.channels, height: images.height, width: images.width,
              maximum: images.maximum)
            facts.file = images.fileFacts(of: index)
            return (cimage_hash(pixels, bytes, 0), facts)
          }
        }
      }
      found.withLock { found in
        for (index, result) in zip(range, results) {
          switch result {
          case .success(let (hash, facts)):
            found.hashes[index] = hash
            found.facts[index] = facts
          case .failure(let error):
            let explained = error as? any ReportableError
            found.corrupt[images.name(of: index)] =
              explained?.explanation.english ?? String(describing: error)
          }
        }
      }
    }
    (hashes, self.images, corrupt) = found.withLock { $0 }
    contents = hashes
  }

  /// Texts are the same when their letters and what is to be learned from them are the same.
  private mutating func scan(_ text: TextSamples, _ dataset: Dataset) {
    for sample in 0..<text.count {
      let label =
        dataset.labels.isEmpty
        ? "\(dataset.targets[sample])" : "\(dataset.labels[sample])"
      var content = text.texts[sample] + "\u{0}" + label
      hashes[sample] = content.withUTF8 { cimage_hash($0.baseAddress, $0.count, 0) }
      let spoken = NearTexts.normalized(text.texts[sample])
      words.append(spoken)
      // Texts without words are not copies of each other for that.
      guard !spoken.isEmpty else { continue }
      var joined = spoken.joined(separator: " ")
      contents[sample] = joined.withUTF8 { cimage_hash($0.baseAddress, $0.count, 0) }
    }
  }

  /// Rows are the same when their values and what is to be learned from them are the same.
  private mutating func scan(_ table: TableSamples, _ dataset: Dataset) {
    let width = table.columns.count
    for sample in 0..<table.count {
      let row = table.values[(sample * width)..<((sample + 1) * width)]
      let label =
        dataset.labels.isEmpty ? Double(dataset.targets[sample]) : Double(dataset.labels[sample])
      hashes[sample] = Self.hash(Array(row) + [label])
      contents[sample] = Self.hash(Array(row))
      if let position = row.firstIndex(where: { $0.isInfinite }) {
        let column = table.columns[position - row.startIndex].name
        corrupt[dataset.name(of: sample)] = "The column '\(column)' holds an infinite number."
      }
    }
  }

  private static func hash(_ values: [Double]) -> UInt64 {
    values.withUnsafeBytes { raw in
      cimage_hash(raw.assumingMemoryBound(to: UInt8.self).baseAddress, raw.count, 0)
    }
  }
}
