import Foundation

extension Dataset {
  /// Images that a program holds, of one size.
  ///
  /// ```swift
  /// let data = try Dataset(images: scans, channels: 1, height: 28, width: 28, labels: names)
  /// ```
  /// - Parameters:
  ///   - images: the bytes of each image, `[channels, height, width]`, 0 to 255.
  ///   - labels: the class of each image by name.
  ///   - source: what reports call the data.
  /// - Throws: `DataError` where counts differ or there are fewer than two classes.
  public convenience init(
    images: some Collection<[UInt8]>, channels: Int, height: Int, width: Int,
    labels: some Collection<String>, source: String = "images"
  ) throws(DataError) {
    let size = channels * height * width
    var pixels = Data(capacity: images.count * size)
    for (index, image) in images.enumerated() {
      guard image.count == size else {
        throw DataError.badImage(
          path: "\(source)[\(index)]",
          reason: "\(image.count) bytes, where \(channels)x\(height)x\(width) need \(size)")
      }
      pixels.append(contentsOf: image)
    }
    let records = ImageRecords(
      [ImageRecords.Segment(data: pixels, count: images.count)], channels: channels,
      height: height, width: width, source: source)
    try self.init(samples: .images(records), count: images.count, labels: labels, source: source)
  }

  /// Rows of numbers that a program holds, with the class of each.
  /// - Parameters:
  ///   - rows: the features of each sample, all of one length; NaN where a value is missing.
  ///   - columns: the features' names; `column1` and so on where nil.
  ///   - labels: the class of each row by name.
  ///   - source: what reports call the data.
  /// - Throws: `DataError` where counts differ or there are fewer than two classes.
  public convenience init(
    rows: some Collection<[Double]>, columns: [String]? = nil, labels: some Collection<String>,
    source: String = "rows"
  ) throws(DataError) {
    let table = try Dataset.table(rows, columns: columns, source: source)
    try self.init(samples: .table(table), count: rows.count, labels: labels, source: source)
  }

  /// Rows of numbers that a program holds, with a value to predict for each.
  /// - Parameters:
  ///   - rows: the features of each sample, all of one length; NaN where a value is missing.
  ///   - columns: the features' names; `column1` and so on where nil.
  ///   - targets: the value to predict of each row; finite.
  ///   - source: what reports call the data.
  /// - Throws: `DataError` where counts differ or a target is not finite.
  public convenience init(
    rows: some Collection<[Double]>, columns: [String]? = nil, targets: some Collection<Float>,
    source: String = "rows"
  ) throws(DataError) {
    let table = try Dataset.table(rows, columns: columns, source: source)
    guard rows.count == targets.count else {
      throw DataError.countMismatch(
        images: source, imageCount: rows.count, labels: "targets", labelCount: targets.count)
    }
    let values = Array(targets)
    if let bad = values.firstIndex(where: { !$0.isFinite }) {
      throw DataError.badFile(path: source, reason: "target \(bad) is \(values[bad])")
    }
    var hash = ContentHash()
    hash.add(numbers: table.values)
    hash.add(numbers: values)
    self.init(
      source: source, labels: .values(values), samples: .table(table), fingerprint: hash.text,
      reading: DataOptions())
  }

  /// Texts that a program holds.
  /// - Parameters:
  ///   - texts: the samples.
  ///   - labels: the class of each text by name.
  ///   - source: what reports call the data.
  /// - Throws: `DataError` where counts differ or there are fewer than two classes.
  public convenience init(
    texts: some Collection<String>, labels: some Collection<String>, source: String = "texts"
  ) throws(DataError) {
    let samples = TextSamples(texts: Array(texts), lines: Array(0..<texts.count))
    try self.init(samples: .text(samples), count: texts.count, labels: labels, source: source)
  }

  private static func table(
    _ rows: some Collection<[Double]>, columns: [String]?, source: String
  ) throws(DataError) -> TableSamples {
    let width = columns?.count ?? rows.first?.count ?? 0
    guard !rows.isEmpty, width > 0 else { throw DataError.noRows(path: source) }
    for (index, row) in rows.enumerated() where row.count != width {
      throw DataError.raggedRow(
        path: source, line: index + 1, found: row.count, expected: width)
    }
    let names = columns ?? (1...width).map { "column\($0)" }
    return TableSamples(
      columns: names.map { TableSamples.Column(name: $0, levels: nil) },
      values: rows.flatMap { $0 }, lines: Array(0..<rows.count))
  }

  private convenience init(
    samples: SampleStorage, count: Int, labels: some Collection<String>, source: String
  ) throws(DataError) {
    guard count == labels.count else {
      throw DataError.countMismatch(
        images: source, imageCount: count, labels: "labels", labelCount: labels.count)
    }
    let classes = Set(labels).sorted()
    guard classes.count > 1 else {
      throw classes.first.map { .singleClass(path: source, name: $0) } ?? .noRows(path: source)
    }
    let indices = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices.map(Int32.init)))
    let numbers = labels.map { indices[$0] ?? -1 }
    var hash = ContentHash()
    hash.add(numbers: numbers)
    switch samples {
    case .images(let images):
      for index in 0..<count {
        try? images.withPixels(of: index) {
          hash.add(UnsafeRawBufferPointer(start: $0, count: images.sampleBytes))
        }
      }
    case .table(let table): hash.add(numbers: table.values)
    case .text(let texts): for text in texts.texts { hash.add(text) }
    }
    self.init(
      source: source, labels: .classes(classes, numbers), samples: samples,
      fingerprint: hash.text, reading: DataOptions())
  }
}
