import HoneNumerics
import HoneRecords

extension SampleFacts {
  /// The facts of a data set.
  /// - Parameters:
  ///   - images: what was measured of each image; empty for other data.
  ///   - seed: draws the word that stands for each text.
  init(_ dataset: Dataset, images: [ImageFacts?], seed: UInt64) {
    switch dataset.samples {
    case .images(let samples): addImages(images, channels: samples.channels)
    case .table(let table): addColumns(table)
    case .text(let samples): addTexts(samples, seed: seed)
    }
    if dataset.task == .regression {
      measures.append(Measure(name: "target", values: dataset.targets.map { Double($0) }))
    } else {
      kinds.append(
        Kind(
          name: "class", values: dataset.labels.map { $0 < 0 ? nil : Int($0) },
          names: dataset.classes))
    }
  }

  private mutating func addImages(_ images: [ImageFacts?], channels: Int) {
    let names = channels == 3 ? ImageFacts.names : Array(ImageFacts.names.prefix(3))
    measures = names.enumerated().map { place, name in
      Measure(name: name, values: images.map { $0?.measures[place] ?? .nan })
    }
    addFiles(images)
    features = images.map { image in
      guard let thumbnail = image?.thumbnail, !thumbnail.isEmpty else { return [] }
      return Self.coarse(thumbnail)
    }
  }

  /// What the files say, as far as they differ in it.
  private mutating func addFiles(_ images: [ImageFacts?]) {
    let properties: [(name: String, value: (ImageFileFacts) -> Double)] = [
      ("resolution", \.resolution), ("aspect", \.aspect), ("file size", \.bytes),
    ]
    for property in properties {
      let values = images.map { $0?.file.map(property.value) ?? .nan }
      guard Set(values.lazy.filter(\.isFinite)).count > 1 else { continue }
      measures.append(Measure(name: property.name, values: values, isHeaped: true))
    }
  }

  /// Sixteen means of a thumbnail.
  private static func coarse(_ thumbnail: [Float]) -> [Float] {
    let (side, cell) = (ImageFacts.side, ImageFacts.side / 4)
    return (0..<16).map { tile in
      var sum: Float = 0
      for y in 0..<cell {
        for x in 0..<cell {
          sum += thumbnail[(tile / 4 * cell + y) * side + tile % 4 * cell + x]
        }
      }
      return sum / Float(cell * cell)
    }
  }

  private mutating func addColumns(_ table: TableSamples) {
    let width = table.columns.count
    for (place, column) in table.columns.enumerated() {
      let values = (0..<table.count).map { table.values[$0 * width + place] }
      guard column.levels == nil else {
        kinds.append(
          Kind(
            name: column.name, values: values.map { $0.isNaN ? -1 : Int($0) },
            names: column.levels ?? []))
        continue
      }
      measures.append(Measure(name: column.name, values: values))
      if values.contains(where: \.isNaN) {
        kinds.append(
          Kind(name: "\(column.name) missing", values: values.map { $0.isNaN ? 1 : 0 }))
      }
    }
  }

  /// One word drawn from each text stands for its vocabulary, so that draws are independent.
  private mutating func addTexts(_ samples: TextSamples, seed: UInt64) {
    var characters: [Double] = []
    var words: [Double] = []
    var capitals: [Double] = []
    var drawn: [String?] = []
    for (index, text) in samples.texts.enumerated() {
      let tokens = WordSplitter.tokens(of: text)
      characters.append(Double(text.unicodeScalars.count))
      words.append(Double(tokens.count))
      let letters = text.unicodeScalars.filter { $0.properties.isAlphabetic }
      let upper = letters.count { $0.properties.isUppercase }
      capitals.append(letters.isEmpty ? 0 : Double(upper) / Double(letters.count))
      var stream = RandomStream(seed: seed, "word of a text", index)
      drawn.append(
        tokens.isEmpty ? nil : tokens[stream.index(below: tokens.count)].lowercased())
    }
    measures = [
      Measure(name: "characters", values: characters), Measure(name: "words", values: words),
      Measure(name: "capitals", values: capitals),
    ]
    kinds.append(Self.numbered(drawn, most: 60, name: "vocabulary"))
  }

  /// The most frequent names by number, all others as one more.
  private static func numbered(_ names: [String?], most: Int, name kind: String) -> Kind {
    var counts: [String: Int] = [:]
    for case let name? in names { counts[name, default: 0] += 1 }
    let kept = counts.keys.sorted {
      (counts[$1] ?? 0, $0) < (counts[$0] ?? 0, $1)
    }.prefix(most)
    let numbers = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    return Kind(
      name: kind, values: names.map { name in name.map { numbers[$0] ?? most } },
      names: Array(kept))
  }
}
