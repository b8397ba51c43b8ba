import Foundation

extension BuiltCommand {
  /// Writes a file in the working folder.
  func write(_ text: String, to name: String) throws {
    try write(Data(text.utf8), to: name)
  }

  /// Writes a file in the working folder, with the folders above it.
  func write(_ data: Data, to name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  /// A table of two numeric columns, a word and a target that follows from them.
  func writeTable(_ name: String, rows: Int = 80) throws {
    var text = "width,height,color,price\n"
    for row in 0..<rows {
      let (width, height) = (row % 7, (row * 5) % 11)
      let color = ["red", "green", "blue"][row % 3]
      text += "\(width),\(height),\(color),\(10 + 3 * width - height)\n"
    }
    try write(text, to: name)
  }

  /// A folder of two classes of pictures, JPEG and PNG.
  func writePictures(_ name: String, perClass: Int = 12) throws {
    for (label, files) in [
      ("warm", ["color.jpg", "palette.png"]), ("grey", ["grey.jpg", "grey.png"]),
    ] {
      for index in 0..<perClass {
        let file = files[index % files.count]
        let ending = file.split(separator: ".").last ?? ""
        try write(fixture(file), to: "\(name)/\(label)/\(index).\(ending)")
      }
    }
  }

  /// A picture of the data module's tests.
  func fixture(_ name: String) throws -> Data {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try Data(contentsOf: tests.appending(path: "HoneDataTests/Fixtures/\(name)"))
  }

  /// An IDX folder: 4x4 pictures, bright in the half that their label names.
  /// - Parameter labels: how many labels are written; as many as pictures where nil.
  func writeIDX(_ name: String, count: Int = 40, labels: Int? = nil) throws {
    for (part, size) in [("train", count), ("t10k", count / 2)] {
      var images = header(2051, [size, 4, 4])
      var names = header(2049, [labels ?? size])
      for index in 0..<size {
        for pixel in 0..<16 {
          let isBright = (pixel < 8) == (index % 2 == 0)
          images.append(isBright ? 200 + UInt8(index % 50) : UInt8(index % 40))
        }
      }
      for index in 0..<(labels ?? size) { names.append(UInt8(index % 2)) }
      try write(images, to: "\(name)/\(part)-images-idx3-ubyte")
      try write(names, to: "\(name)/\(part)-labels-idx1-ubyte")
    }
  }

  private func header(_ magic: Int, _ extents: [Int]) -> Data {
    var data = Data()
    for number in [magic] + extents {
      for shift in [24, 16, 8, 0] { data.append(UInt8((number >> shift) & 255)) }
    }
    return data
  }
}
