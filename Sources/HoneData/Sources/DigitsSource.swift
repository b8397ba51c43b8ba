import CAssets

/// The data set inside the package: 1,797 grey images of 8x8, values 0...16.
///
/// Optical Recognition of Handwritten Digits (Alpaydin and Kaynak 1998), UCI, CC BY 4.0.
enum DigitsSource {
  static func open(options: DataOptions) throws(DataError) -> Dataset {
    let count = cassets_digits_count()
    let pixels = Array(UnsafeBufferPointer(start: cassets_digits_pixels(), count: count * 64))
    let labels = UnsafeBufferPointer(start: cassets_digits_labels(), count: count)
    let map = try ClassMap.resolve(
      (0...9).map { String($0) }, known: options.classes, path: "digits")
    let indices = labels.map { map.indices[Int($0)] }
    var hash = ContentHash()
    hash.add(pixels)
    hash.add(numbers: indices)
    return Dataset(
      source: "digits", labels: .classes(map.classes, indices),
      samples: .images(
        ImageRecords(
          pixels: pixels, channels: 1, height: 8, width: 8, maximum: 16, source: "digits")),
      fingerprint: hash.text, reading: options)
  }
}
