import HoneNumerics
import Testing

@testable import HoneData

@Suite struct ContactSheetTests {
  @Test("shows the stored pixels again, tile by tile")
  func undoesNormalization() throws {
    let digits = try DataSource.open("digits")
    let preprocessor = try Preprocessor.fit(digits, indices: Array(0..<100))
    let loader = try DataLoader(digits, indices: [0, 1, 2], preprocessor: preprocessor)
    let file = try ContactSheet.png(
      try loader.batch(of: [0, 1, 2]), preprocessor: preprocessor, columns: 2, magnification: 2)
    let sheet = try ImageDecoder.decode(file, path: "sheet")
    // Two tiles of 16 and a gap of 1 in either direction.
    #expect(sheet.width == 33 && sheet.height == 33 && sheet.isGrey)
    let plain = try DataLoader(
      digits, indices: [2],
      preprocessor: try .fit(digits, indices: [0], normalization: .none))
    let pixels = try plain.batch(of: [2]).inputs.values(as: Float.self)
    for y in 0..<16 {
      for x in 0..<16 {
        let shown = Float(sheet.pixels[((17 + y) * 33 + x) * 3])
        #expect(shown == (pixels[y / 2 * 8 + x / 2] * 255 / 16).rounded())
      }
    }
  }
}
