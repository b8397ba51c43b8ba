/// Something that TensorBoard shows under a tag.
public enum SummaryValue: Sendable, Equatable {
  /// A number over steps.
  case scalar(Double)
  /// Counts of values by bucket.
  case histogram([Bucket])
  /// Pictures as PNG, all of one size.
  case images(width: Int, height: Int, [[UInt8]])
  /// Text in Markdown.
  case text(String)

  /// A range of values and how many lie in it.
  public struct Bucket: Sendable, Equatable {
    /// The smallest value that counts.
    public var lower: Double
    /// The value that no longer counts; the last bucket's does.
    public var upper: Double
    /// How many values.
    public var count: Double

    /// A bucket.
    public init(lower: Double, upper: Double, count: Double) {
      self.lower = lower
      self.upper = upper
      self.count = count
    }
  }

  /// The histogram of values in buckets of equal width; values that are not finite are left out.
  ///
  /// Values that are all equal lie in the last of buckets without width, as TensorBoard's own writer
  /// does it.
  public static func histogram(of values: some Collection<Double>, buckets: Int = 30)
    -> SummaryValue
  {
    let finite = values.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max(), buckets > 0 else {
      return .histogram(
        Array(repeating: Bucket(lower: 0, upper: 0, count: 0), count: max(1, buckets)))
    }
    var counts = [Double](repeating: 0, count: buckets)
    let width = (greatest - least) / Double(buckets)
    for value in finite {
      let index = width > 0 ? Int((value - least) / width) : buckets - 1
      counts[min(index, buckets - 1)] += 1
    }
    return .histogram(
      counts.enumerated().map { index, count in
        let isLast = index == buckets - 1
        return Bucket(
          lower: width > 0 ? least + Double(index) * width : least,
          upper: isLast || width <= 0 ? greatest : least + Double(index + 1) * width, count: count)
      })
  }
}

extension SummaryValue {
  /// The plug-in of TensorBoard that shows the value, and its class of data; nil for scalars, which need
  /// no word about it.
  private var plugin: (name: String, dataClass: Int)? {
    switch self {
    case .scalar: nil
    case .histogram: ("histograms", 2)
    case .images: ("images", 3)
    case .text: ("text", 2)
    }
  }

  /// Writes the value as `Summary.Value`.
  func write(to writer: inout ProtoWriter, tag: String) {
    writer.text(1, tag)
    if case .scalar(let number) = self {
      writer.float(2, Float(number))
      return
    }
    writer.message(8, writeTensor)
    guard let plugin else { return }
    writer.message(9) { metadata in
      metadata.message(1) { $0.text(1, plugin.name) }
      metadata.integer(4, plugin.dataClass)
    }
  }

  private func writeTensor(_ tensor: inout ProtoWriter) {
    switch self {
    case .scalar: break
    case .histogram(let buckets):
      SummaryValue.writeShape([buckets.count, 3], type: 2, to: &tensor)
      var content: [UInt8] = []
      for number in buckets.flatMap({ [$0.lower, $0.upper, $0.count] }) {
        withUnsafeBytes(of: number.bitPattern.littleEndian) { content.append(contentsOf: $0) }
      }
      tensor.data(4, content)
    case .images(let width, let height, let pictures):
      SummaryValue.writeShape([2 + pictures.count], type: 7, to: &tensor)
      for part in [Array("\(width)".utf8), Array("\(height)".utf8)] + pictures {
        tensor.data(8, part, evenIfEmpty: true)
      }
    case .text(let text):
      SummaryValue.writeShape([1], type: 7, to: &tensor)
      tensor.text(8, text, evenIfEmpty: true)
    }
  }

  /// A tensor's type, by TensorFlow's number for it, and its shape.
  static func writeShape(_ shape: [Int], type: Int, to tensor: inout ProtoWriter) {
    tensor.integer(1, type)
    tensor.message(2) { message in
      for size in shape { message.message(2) { $0.integer(1, size) } }
    }
  }
}
