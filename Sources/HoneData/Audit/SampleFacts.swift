/// What is measured of every sample for an audit: numbers and names that splits are compared by.
struct SampleFacts: Sendable {
  /// A number of each sample, not a number where it has none.
  struct Measure: Sendable {
    let name: String
    var values: [Double]
    /// Whether usual values stand in a few heaps, as sizes of photos do, so that others are no outliers.
    var isHeaped = false
  }
  /// One of some names of each sample; nil where it has none.
  struct Kind: Sendable {
    let name: String
    var values: [Int?]
    /// What the numbers stand for; empty where they have no names.
    var names: [String] = []

    /// What a number stands for, in words.
    func name(of value: Int) -> String {
      if names.indices.contains(value) { return "'\(names[value])'" }
      if names.isEmpty { return "\(value)" }
      return value < 0 ? "missing" : "others"
    }
  }

  var measures: [Measure] = []
  var kinds: [Kind] = []
  /// Features for a classifier that tells splits apart, beside the measures: `[samples][features]`.
  var features: [[Float]] = []
}

/// What one image looks like.
struct ImageFacts: Sendable {
  /// The side of the grey picture that copies are found by.
  static let side = 16
  /// The names of `measures`.
  static let names = ["brightness", "contrast", "sharpness", "colour", "red", "green", "blue"]

  /// In the order of `names`, 0...1 of full light; three fewer for grey images.
  let measures: [Double]
  /// The largest value of any pixel.
  let largest: UInt8
  /// Grey values averaged over a grid of `side` by `side`; empty for images that are no larger.
  let thumbnail: [Float]
  /// What the image's own file says; nil where it has none.
  var file: ImageFileFacts?

  /// Measures planes of bytes.
  init(_ pixels: UnsafePointer<UInt8>, channels: Int, height: Int, width: Int, maximum: Int) {
    let plane = height * width
    var grey = [Float](repeating: 0, count: plane)
    var means = [Double](repeating: 0, count: channels)
    var largest: UInt8 = 0
    var spread = 0.0
    for place in 0..<plane {
      var (low, high, sum) = (UInt8.max, UInt8.min, 0)
      for channel in 0..<channels {
        let value = pixels[channel * plane + place]
        low = min(low, value)
        high = max(high, value)
        sum += Int(value)
        means[channel] += Double(value)
      }
      largest = max(largest, high)
      spread += Double(high - low)
      grey[place] = Float(sum) / Float(channels)
    }
    let full = Double(max(1, maximum))
    let count = Double(plane)
    let mean = grey.reduce(0) { $0 + Double($1) } / count
    let variance = grey.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    var found = [
      mean / full, variance.squareRoot() / full,
      Self.sharpness(grey, height, width) / full,
    ]
    if channels == 3 { found += [spread / count / full] + means.map { $0 / count / full } }
    measures = found
    self.largest = largest
    thumbnail = Self.thumbnail(grey, height, width)
  }

  /// The mean distance between neighbours.
  private static func sharpness(_ grey: [Float], _ height: Int, _ width: Int) -> Double {
    guard height > 1, width > 1 else { return 0 }
    var sum: Float = 0
    for y in 1..<height {
      for x in 1..<width {
        let value = grey[y * width + x]
        sum += abs(value - grey[y * width + x - 1]) + abs(value - grey[(y - 1) * width + x])
      }
    }
    return Double(sum) / Double(2 * (height - 1) * (width - 1))
  }

  private static func thumbnail(_ grey: [Float], _ height: Int, _ width: Int) -> [Float] {
    guard height > side, width > side else { return [] }
    let across = resample(grey, rows: height, from: width)
    var turned = [Float](repeating: 0, count: side * height)
    for y in 0..<height { for x in 0..<side { turned[x * height + y] = across[y * side + x] } }
    return resample(turned, rows: side, from: height)
  }

  /// Averages each row over `side` stretches; pixels on a border count for both sides in part.
  private static func resample(_ values: [Float], rows: Int, from length: Int) -> [Float] {
    var result = [Float](repeating: 0, count: rows * side)
    let step = Float(length) / Float(side)
    for target in 0..<side {
      let (start, end) = (Float(target) * step, Float(target + 1) * step)
      for source in Int(start)..<min(length, Int(end.rounded(.up))) {
        let share = min(end, Float(source + 1)) - max(start, Float(source))
        guard share > 0 else { continue }
        for row in 0..<rows {
          result[row * side + target] += values[row * length + source] * share / step
        }
      }
    }
    return result
  }
}
