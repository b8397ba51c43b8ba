import Foundation
import HoneNumerics
import HoneText

/// Makes samples of arrays: images of bytes, or rows of a table.
struct ArrayInputs {
  let source: String

  /// The samples of all splits, one after the other.
  func samples(
    _ arrays: [StoredArray], reading: DataOptions
  ) throws(DataError) -> (SampleStorage, [Localized]) {
    let first = arrays[0].shape
    for other in arrays.dropFirst() where other.shape.dropFirst() != first.dropFirst() {
      throw DataError.badFile(
        path: source, reason: "the splits' shapes differ: \(first) and \(other.shape)")
    }
    switch first.count {
    case 1, 2: return (.table(try table(arrays, reading: reading)), [])
    case 3, 4: return try images(arrays)
    default:
      throw DataError.badFile(
        path: source,
        reason: "inputs of the shape \(first); [samples, columns] or images of up to four "
          + "dimensions are expected")
    }
  }

  private func table(
    _ arrays: [StoredArray], reading: DataOptions
  ) throws(DataError) -> TableSamples {
    let width = arrays[0].shape.count == 1 ? 1 : arrays[0].shape[1]
    var values: [Double] = []
    for array in arrays {
      guard let numbers = array.doubles else {
        throw DataError.badFile(path: source, reason: "the inputs are texts; numbers are expected")
      }
      values += numbers
    }
    guard width > 0 else { throw DataError.badFile(path: source, reason: "inputs of no columns") }
    let names = (1...width).map { "column\($0)" }
    if let wanted = reading.columns, wanted != names {
      throw DataError.badFile(
        path: source, reason: "\(width) columns, where the model knows \(wanted.count)")
    }
    return TableSamples(
      columns: names.map { TableSamples.Column(name: $0, levels: nil) }, values: values,
      lines: Array(0..<(values.count / width)))
  }

  /// How images lie in an array.
  private struct Layout {
    let channels: Int
    let height: Int
    let width: Int
    /// Whether the channels of a pixel stand side by side.
    let isInterleaved: Bool
  }

  private func layout(_ shape: [Int]) throws(DataError) -> Layout {
    if shape.count == 3 {
      return Layout(channels: 1, height: shape[1], width: shape[2], isInterleaved: false)
    }
    if shape[3] == 1 || shape[3] == 3 {
      return Layout(
        channels: shape[3], height: shape[1], width: shape[2], isInterleaved: shape[3] == 3)
    }
    guard shape[1] == 1 || shape[1] == 3 else {
      throw DataError.badFile(
        path: source, reason: "images of the shape \(shape) have neither 1 nor 3 channels")
    }
    return Layout(channels: shape[1], height: shape[2], width: shape[3], isInterleaved: false)
  }

  private func images(
    _ arrays: [StoredArray]
  ) throws(DataError) -> (SampleStorage, [Localized]) {
    let layout = try layout(arrays[0].shape)
    guard layout.height > 0, layout.width > 0 else {
      throw DataError.badFile(path: source, reason: "images of no pixels")
    }
    var segments: [ImageRecords.Segment] = []
    var notes: [Localized] = []
    for array in arrays {
      let (pixels, isScaled) = try bytes(array)
      if isScaled, notes.isEmpty {
        notes.append(
          Localized(
            "Pixels of 0 to 1 were rounded to 256 steps.",
            korean: "0에서 1까지의 픽셀 값을 256단계로 반올림했습니다."))
      }
      segments.append(
        ImageRecords.Segment(
          data: pixels, count: array.shape[0], isInterleaved: layout.isInterleaved))
    }
    let records = ImageRecords(
      segments, channels: layout.channels, height: layout.height, width: layout.width,
      source: source)
    return (.images(records), notes)
  }

  /// The pixels as bytes; floating-point pixels of 0 to 1 are scaled.
  private func bytes(_ array: StoredArray) throws(DataError) -> (Data, isScaled: Bool) {
    guard case .numbers(let type, let data) = array.elements else {
      throw DataError.badFile(path: source, reason: "the images are texts; numbers are expected")
    }
    if type == .uint8 { return (data, false) }
    let values = array.doubles ?? []
    var (low, high, isWhole) = (0.0, 0.0, true)
    for value in values {
      guard value.isFinite else {
        throw DataError.badFile(path: source, reason: "a pixel is \(value)")
      }
      low = min(low, value)
      high = max(high, value)
      isWhole = isWhole && value == value.rounded()
    }
    guard low >= 0, isWhole ? high <= 255 : high <= 1 else {
      throw DataError.badFile(
        path: source,
        reason: "pixels reach from \(low) to \(high); whole numbers of 0 to 255 or fractions of 0 "
          + "to 1 are expected")
    }
    let factor: Double = isWhole ? 1 : 255
    return (Data(values.map { UInt8(($0 * factor).rounded()) }), !isWhole)
  }
}
