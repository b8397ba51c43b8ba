import CImage
import Dispatch
import HoneText
import Synchronization

/// One pass over all samples: a hash of each, and the reasons of those that cannot be read.
struct SampleScan {
  /// By sample; nil where it cannot be read.
  private(set) var hashes: [UInt64?]
  /// By the sample's name.
  private(set) var corrupt: [String: String] = [:]

  init(_ dataset: Dataset) {
    hashes = [UInt64?](repeating: nil, count: dataset.count)
    switch dataset.samples {
    case .images(let images): scan(images, count: dataset.count)
    case .table(let table): scan(table, dataset)
    case .text(let text): scan(text, dataset)
    }
  }

  private mutating func scan(_ images: any ImageSamples, count: Int) {
    let found = Mutex((hashes: hashes, corrupt: corrupt))
    let bytes = images.sampleBytes
    let piece = 64
    DispatchQueue.concurrentPerform(iterations: (count + piece - 1) / piece) { part in
      let range = (part * piece)..<min(count, (part + 1) * piece)
      let results = range.map { index in
        Result { try images.withPixels(of: index) { cimage_hash($0, bytes, 0) } }
      }
      found.withLock { found in
        for (index, result) in zip(range, results) {
          switch result {
          case .success(let hash): found.hashes[index] = hash
          case .failure(let error):
            let explained = error as? any ReportableError
            found.corrupt[images.name(of: index)] =
              explained?.explanation.english ?? String(describing: error)
          }
        }
      }
    }
    (hashes, corrupt) = found.withLock { $0 }
  }

  /// Texts are the same when their letters and what is to be learned from them are the same.
  private mutating func scan(_ text: TextSamples, _ dataset: Dataset) {
    for sample in 0..<text.count {
      let label =
        dataset.labels.isEmpty
        ? "\(dataset.targets[sample])" : "\(dataset.labels[sample])"
      var content = text.texts[sample] + "\u{0}" + label
      hashes[sample] = content.withUTF8 { cimage_hash($0.baseAddress, $0.count, 0) }
    }
  }

  /// Rows are the same when their values and what is to be learned from them are the same.
  private mutating func scan(_ table: TableSamples, _ dataset: Dataset) {
    let width = table.columns.count
    for sample in 0..<table.count {
      let row = table.values[(sample * width)..<((sample + 1) * width)]
      let label =
        dataset.labels.isEmpty ? Double(dataset.targets[sample]) : Double(dataset.labels[sample])
      let content = Array(row) + [label]
      hashes[sample] = content.withUnsafeBytes { raw in
        cimage_hash(raw.assumingMemoryBound(to: UInt8.self).baseAddress, raw.count, 0)
      }
      if let position = row.firstIndex(where: { $0.isInfinite }) {
        let column = table.columns[position - row.startIndex].name
        corrupt[dataset.name(of: sample)] = "The column '\(column)' holds an infinite number."
      }
    }
  }
}
