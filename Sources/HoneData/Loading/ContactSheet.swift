import CImage
import HoneNumerics
import HoneRecords

/// Inputs of a model as one picture, to look at what augmentation does to them.
public enum ContactSheet {
  /// Black pixels between pictures.
  private static let gap = 1

  /// Tiles the images of a batch, left to right and top to bottom, as a PNG file.
  /// - Parameters:
  ///   - batch: images as a loader gives them.
  ///   - preprocessor: what made them; its normalisation is undone.
  ///   - columns: pictures in a row.
  ///   - magnification: how many times each pixel is repeated in both directions.
  /// - Returns: the file's bytes.
  /// - Throws: `DataError.augmentationNeedsImages` for rows of tables.
  /// - Precondition: `columns` and `magnification` are positive.
  public static func png(
    _ batch: HostBatch, preprocessor: Preprocessor, columns: Int = 8, magnification: Int = 1
  ) throws(DataError) -> [UInt8] {
    guard columns > 0, magnification > 0 else {
      fatalError("ContactSheet got \(columns) columns, magnified \(magnification) times.")
    }
    guard preprocessor.input == .image else {
      throw DataError.augmentationNeedsImages(
        name: "contactSheet", input: preprocessor.input.rawValue)
    }
    let shape = preprocessor.outputShape
    let (channels, height, width) = (shape[0], shape[1] * magnification, shape[2] * magnification)
    let sheetWidth = columns * (width + gap) - gap
    let rows = (batch.count + columns - 1) / columns
    let sheetHeight = max(1, rows * (height + gap) - gap)
    var sheet = [UInt8](repeating: 0, count: sheetWidth * sheetHeight * channels)
    let values = batch.inputs.values(as: Float.self)
    let full = Float(preprocessor.reading.imageMaximum ?? 255)
    for image in 0..<batch.count {
      let top = image / columns * (height + gap)
      let left = image % columns * (width + gap)
      for y in 0..<height {
        for x in 0..<width {
          for channel in 0..<channels {
            let row = (image * channels + channel) * shape[1] + y / magnification
            let value = values[row * shape[2] + x / magnification]
            let stored = (value - preprocessor.offset[channel]) / preprocessor.scale[channel]
            let light = max(0, min(255, (stored * 255 / full).rounded()))
            sheet[((top + y) * sheetWidth + left + x) * channels + channel] = UInt8(light)
          }
        }
      }
    }
    return try encode(sheet, height: sheetHeight, width: sheetWidth, channels: channels)
  }

  /// Shows samples, a row for each: the original, then what augmentation makes of it in some epochs.
  ///
  /// Steps that mix batches mix the samples shown, each with the one above it.
  /// - Parameters:
  ///   - samples: numbers in the loader's data set.
  ///   - epochs: what is drawn for.
  ///   - loader: the steps and the seed.
  /// - Returns: the bytes of a PNG file; small images come enlarged.
  /// - Throws: `DataError`, where a sample cannot be read or is no image.
  public static func variants(
    of samples: [Int], in epochs: [Int], from loader: DataLoader
  ) throws -> [UInt8] {
    let columns =
      try [loader.batch(of: samples)]
      + epochs.map {
        try loader.batch(of: samples, epoch: $0)
      }
    let values = columns.map { $0.inputs.values(as: Float.self) }
    let size = loader.preprocessor.outputShape.reduce(1, *)
    var tiles: [Float] = []
    for row in samples.indices {
      for column in values { tiles += column[(row * size)..<((row + 1) * size)] }
    }
    let count = samples.count * columns.count
    let batch = HostBatch(
      inputs: HostTensor(tiles, shape: [count] + loader.preprocessor.outputShape),
      targets: HostTensor([Int64](repeating: 0, count: count), shape: [count]), softLabels: nil,
      indices: [Int](repeating: 0, count: count))
    let width = loader.preprocessor.outputShape.last ?? 1
    return try png(
      batch, preprocessor: loader.preprocessor, columns: columns.count,
      magnification: max(1, 96 / max(1, width)))
  }

  /// The bytes of a PNG file of interleaved rows.
  static func encode(
    _ pixels: [UInt8], height: Int, width: Int, channels: Int
  ) throws(DataError) -> [UInt8] {
    var output: UnsafeMutablePointer<UInt8>?
    var count = 0
    var message = [CChar](repeating: 0, count: Int(CIMAGE_MESSAGE_SIZE))
    let status = cimage_encode_png(
      pixels, Int32(height), Int32(width), Int32(channels), &output, &count, &message)
    guard status == Int32(cimage_ok.rawValue), let output else {
      throw DataError.badImage(path: "PNG", reason: ImageDecoder.text(of: message))
    }
    defer { cimage_free(output) }
    return Array(UnsafeBufferPointer(start: output, count: count))
  }
}
