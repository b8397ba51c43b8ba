import HoneRecords

/// Pictures of arrays as pictures that can be brought to another size.
struct ArrayPictures: PictureStore {
  let records: ImageRecords

  func withPicture<R>(of index: Int, _ body: (StoredPicture) throws -> R) throws -> R {
    let area = records.height * records.width
    // A grey plane stands for all three.
    let step = records.channels == 3 ? area : 0
    let maximum = records.maximum
    let triples = try records.withPixels(of: index) { planes in
      [UInt8](unsafeUninitializedCapacity: area * 3) { buffer, count in
        for pixel in 0..<area {
          for channel in 0..<3 {
            let value = Int(planes[channel * step + pixel])
            buffer[pixel * 3 + channel] =
              maximum == 255 ? UInt8(value) : UInt8(min(255, (value * 255 + maximum / 2) / maximum))
          }
        }
        count = area * 3
      }
    }
    return try triples.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else {
        fatalError("Sample \(index) has no pixels; an image has at least one.")
      }
      return try body(
        .decoded(base, ImageSize(height: records.height, width: records.width)))
    }
  }
}

extension Dataset {
  /// The data set with the pictures of its arrays brought to the size and the channels that are wished
  /// for, as photos are; itself where nothing differs, or where it holds no such arrays.
  func fitted(to options: DataOptions) -> Dataset {
    guard case .images(let images) = samples, let records = images as? ImageRecords,
      [1, 3].contains(records.channels)
    else { return self }
    let channels = options.imageChannels ?? records.channels
    let side = options.arraySize
    let isFitting = side.map { $0 == records.height && $0 == records.width } ?? true
    guard [1, 3].contains(channels), channels != records.channels || !isFitting else { return self }
    var reading = options
    reading.imageMaximum = 255
    let files = ImageFiles(
      paths: (0..<count).map { records.name(of: $0) }, store: ArrayPictures(records: records),
      channels: channels, height: side ?? records.height, width: side ?? records.width,
      reading: reading)
    let labels: Labels = task == .regression ? .values(targets) : .classes(classes, self.labels)
    return Dataset(
      source: source, labels: labels, samples: .images(files), parts: parts, groups: groups,
      times: times, notes: notes, fingerprint: fingerprint, reading: reading)
  }
}
