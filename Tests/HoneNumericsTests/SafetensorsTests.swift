import Foundation
import HoneNumerics
import Testing

@Suite struct SafetensorsTests {
  private func bytes(_ header: String, data: Int = 0) -> Data {
    var length = UInt64(header.utf8.count).littleEndian
    return Data(bytes: &length, count: 8) + Data(header.utf8) + Data(count: data)
  }

  @Test("a file gives back what was written, in the same bytes each time")
  func roundTrip() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = Safetensors(
      tensors: [
        "weight": HostTensor([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3]),
        "count": HostTensor([7] as [Int], shape: []),
        "empty": HostTensor([UInt8](), shape: [0, 4]),
      ], metadata: ["format": "hone", "이름": "값"])
    let path = folder.appendingPathComponent("a.safetensors").path
    try file.write(to: path)
    #expect(try Safetensors(contentsOf: path) == file)
    let first = try Data(contentsOf: URL(fileURLWithPath: path))
    try file.write(to: path)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
  }

  @Test(
    "damage is refused with a reason",
    arguments: [
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4),
      ("{\"a\":{\"dtype\":\"F31\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", 8),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", 4),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904],\"data_offsets\":[0,4]}}", 4),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 8),
      (
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
          + "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", 4
      ),
      ("not json", 0),
    ])
  func damage(header: String, data: Int) {
    #expect(throws: FileError.self) { try Safetensors(bytes(header, data: data)) }
  }

  @Test("every truncation of a good file is refused")
  func truncation() throws {
    let good = bytes("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}", data: 4)
    #expect(try Safetensors(good).tensors["a"]?.shape == [4])
    for length in 0..<good.count {
      #expect(throws: FileError.self) { try Safetensors(good.prefix(length)) }
    }
  }

  @Test("a header that claims more than the file has is refused before reading")
  func hugeHeader() {
    #expect(throws: FileError.self) { try Safetensors(Data(repeating: 0xFF, count: 16)) }
  }
}
