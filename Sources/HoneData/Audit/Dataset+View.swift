import CImage
public import HoneRecords
import HoneText

/// Longer sides of pictures are shrunk to so many pixels.
private let longestSide = 144
/// Characters of a text.
private let longestText = 600
/// Columns of a row.
private let mostColumns = 24

extension Dataset {
  /// A sample as a person sees it: a small picture, the beginning of a text, the columns of a row.
  ///
  /// - Returns: nil where the sample cannot be read, or has other channels than a picture.
  public func view(of sample: Int) -> SampleView? {
    let content: SampleView.Content? =
      switch samples {
      case .images(let images): images.picture(of: sample).map(SampleView.Content.picture)
      case .text(let text): .text(String(text.texts[sample].prefix(longestText)))
      case .table(let table): .row(table.fields(of: sample))
      }
    return content.map { SampleView($0, label: labelText(of: sample)) }
  }

  /// Views of samples by the names that findings call them by.
  public func views(of names: Set<String>) -> [String: SampleView] {
    guard !names.isEmpty else { return [:] }
    var views: [String: SampleView] = [:]
    for sample in 0..<count {
      let name = name(of: sample)
      if names.contains(name), views[name] == nil { views[name] = view(of: sample) }
    }
    return views
  }

  private func labelText(of sample: Int) -> String? {
    if labels.isEmpty {
      let target = Double(targets[sample])
      return target.isNaN ? nil : Formatting.significant(target)
    }
    return labels[sample] < 0 ? nil : classes[Int(labels[sample])]
  }
}

extension ImageSamples {
  /// A small PNG file of a sample; nil where it cannot be read.
  fileprivate func picture(of index: Int) -> [UInt8]? {
    guard channels == 1 || channels == 3 else { return nil }
    let plane = height * width
    var pixels = [UInt8](repeating: 0, count: channels * plane)
    let read: Void? = try? withPixels(of: index) { planes in
      for place in 0..<plane {
        for channel in 0..<channels {
          let light = Int(planes[channel * plane + place]) * 255 / Swift.max(1, maximum)
          pixels[place * channels + channel] = UInt8(Swift.min(255, light))
        }
      }
    }
    guard read != nil else { return nil }
    let long = Swift.max(height, width)
    guard long > longestSide else {
      return try? ContactSheet.encode(pixels, height: height, width: width, channels: channels)
    }
    let (small, narrow) = (
      Swift.max(1, height * longestSide / long), Swift.max(1, width * longestSide / long)
    )
    var shrunk = [UInt8](repeating: 0, count: channels * small * narrow)
    let status = cimage_resize(
      pixels, Int32(height), Int32(width), Int32(channels), &shrunk, Int32(small), Int32(narrow))
    guard status == Int32(cimage_ok.rawValue) else { return nil }
    return try? ContactSheet.encode(shrunk, height: small, width: narrow, channels: channels)
  }
}

extension TableSamples {
  fileprivate func fields(of row: Int) -> [SampleView.Field] {
    columns.prefix(mostColumns).enumerated().map { place, column in
      let value = values[row * columns.count + place]
      return SampleView.Field(name: column.name, value: text(of: value, in: column))
    }
  }

  private func text(of value: Double, in column: Column) -> String {
    if value.isNaN { return "" }
    if let levels = column.levels { return levels[Int(value)] }
    if column.isDate, value.isFinite {
      let date = CivilDate(daysSince1970: Int((value / 86_400).rounded(.down)))
      return "\(date.year)-\(Self.padded(date.month))-\(Self.padded(date.day))"
    }
    return Formatting.significant(value)
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
