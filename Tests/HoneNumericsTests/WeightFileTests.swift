import Foundation
import HoneNumerics
import HoneText
import Testing

@Suite struct WeightFileTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Golden/weights")

  private func open(_ name: String) throws -> WeightFile {
    try WeightFile(contentsOf: Self.folder.appending(path: name).path)
  }

  private func expected() throws -> [String: HostTensor] {
    try Safetensors(contentsOf: Self.folder.appending(path: "expected.safetensors").path).tensors
  }

  @Test(
    "every element type and every way of lying in a storage is read as PyTorch wrote it",
    arguments: [
      ("zip.pt", WeightFile.Format.torch, "", ""),
      ("legacy.pt", .torchLegacy, "", ""),
      ("expected.safetensors", .safetensors, "", ""),
      ("zip-checkpoint.pt", .torch, "module.", "state_dict"),
      ("legacy-checkpoint.pt", .torchLegacy, "module.", "state_dict"),
      ("zip-protocol4.pt", .torch, "module.", "state_dict"),
    ])
  func values(name: String, format: WeightFile.Format, prefix: String, location: String) throws {
    let file = try open(name)
    #expect(file.format == format)
    #expect(file.location == location)
    let found = Dictionary(uniqueKeysWithValues: file.entries.map { ($0.name, $0.value) })
    let expected = try expected()
    #expect(Set(found.keys) == Set(expected.keys.map { prefix + $0 }))
    for (name, tensor) in expected { #expect(found[prefix + name] == tensor, "\(name)") }
  }

  @Test("torch.save keeps the order of names")
  func order() throws {
    #expect(try open("zip.pt").entries.map(\.name).prefix(3) == ["dense", "transposed", "window"])
  }

  @Test("the other byte order and zip64 fields are understood", arguments: ["big-endian", "zip64"])
  func unusual(name: String) throws {
    let file = try open("\(name).pt")
    #expect(file.entries.map(\.name) == ["weight"])
    #expect(file.entries.first?.value == (try expected())["dense"])
  }

  @Test("dictionaries of dictionaries give names joined by dots")
  func parts() throws {
    #expect(try open("parts.pt").entries.map(\.name) == ["encoder.a", "decoder.b"])
  }

  @Test("a Python object is refused by its name", arguments: ["zip-evil.pt", "legacy-evil.pt"])
  func evil(name: String) throws {
    let error = try #require(throws: WeightFileError.self) { try open(name) }
    guard case .refusedGlobal(_, "__builtin__.eval") = error else {
      Issue.record("\(error)")
      return
    }
    #expect(error.explanation.korean.contains("__builtin__.eval"))
    #expect(error.exitStatus == .badData)
  }

  @Test("element types that Hone lacks are named")
  func foreignType() throws {
    let error = try #require(throws: WeightFileError.self) { try open("complex.pt") }
    #expect(error.explanation.english.contains("ComplexFloatStorage"))
  }

  @Test("what is no file of weights is refused")
  func otherFiles() throws {
    #expect(throws: WeightFileError.unreadable(.notFound(path: "/no/such.pt"))) {
      try WeightFile(contentsOf: "/no/such.pt")
    }
    let page = Data("<!DOCTYPE html><html>Not found</html>".utf8)
    #expect(throws: WeightFileError.unknownFormat(path: "weights")) { try WeightFile(page) }
    #expect(throws: WeightFileError.unknownFormat(path: "weights")) { try WeightFile(Data()) }
  }

  /// A legacy file around a pickle of one's own.
  private func legacy(_ pickle: [UInt8]) -> Data {
    let magic: [UInt8] = [
      0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E,
    ]
    return Data(magic + [0x80, 2, 0x4D, 0xE9, 0x03, 0x2E] + [0x80, 2, 0x7D, 0x2E] + pickle)
  }

  @Test("a list that holds itself, a tower of doubled tuples and deep nesting end in an error")
  func structuralBombs() {
    // ]q\0h\0a. : a list put into itself.
    let cycle: [UInt8] = [0x5D, 0x71, 0, 0x68, 0, 0x61, 0x2E]
    // Each tuple holds the one before it twice: 2^2000 leaves.
    let tower = [0x29] + [[UInt8]](repeating: [0x32, 0x86], count: 2_000).joined() + [0x2E]
    let nest = [UInt8](repeating: 0x5D, count: 4_000) + [UInt8](repeating: 0x61, count: 3_999)
    let marks = [UInt8](repeating: 0x28, count: 4_000)
    for pickle in [cycle, tower, nest + [0x2E], marks + [0x2E]] {
      #expect(throws: WeightFileError.self) { try WeightFile(legacy(pickle + [0x5D, 0x2E])) }
    }
  }

  @Test("dictionaries that hold one another in circles are searched once")
  func circularDictionaries() {
    // }q\0 'a' h\0 s . : a dictionary under its own key.
    let pickle: [UInt8] = [0x7D, 0x71, 0, 0x8C, 1, 0x61, 0x68, 0, 0x73, 0x2E, 0x5D, 0x2E]
    #expect(throws: WeightFileError.noState(path: "weights")) { try WeightFile(legacy(pickle)) }
  }

  @Test("lengths beyond the file are refused before memory is taken")
  func lengths() {
    let text: [UInt8] = [0x8D] + [UInt8](repeating: 0x7F, count: 8)
    let bytes: [UInt8] = [0x8E] + [UInt8](repeating: 0xFF, count: 8)
    let memo: [UInt8] = [0x4E, 0x72, 0xFF, 0xFF, 0xFF, 0xFF, 0x6A, 0xFE, 0xFF, 0xFF, 0xFF]
    for pickle in [text, bytes, memo] {
      #expect(throws: WeightFileError.self) { try WeightFile(legacy(pickle + [0x2E])) }
    }
  }

  @Test("every cut of a good file is refused", arguments: ["zip64.pt", "legacy.pt"])
  func truncation(name: String) throws {
    let data = try Data(contentsOf: Self.folder.appending(path: name))
    for count in stride(from: 0, to: data.count, by: 7) {
      #expect(throws: WeightFileError.self) { try WeightFile(data.prefix(count)) }
    }
  }

  @Test(
    "thousands of damaged files give an error or a state, never a trap",
    arguments: [
      "zip.pt", "zip64.pt", "zip-checkpoint.pt", "zip-protocol4.pt", "legacy.pt",
      "legacy-checkpoint.pt",
    ])
  func mutations(name: String) throws {
    let original = try [UInt8](Data(contentsOf: Self.folder.appending(path: name)))
    var stream = RandomStream(seed: 7, "mutations of \(name)")
    var refused = 0
    let rounds = 700
    for _ in 0..<rounds {
      var bytes = original
      for _ in 0...Int(stream.next() % 4) {
        let place = Int(stream.next() % UInt64(bytes.count))
        switch stream.next() % 4 {
        case 0: bytes[place] = UInt8(truncatingIfNeeded: stream.next())
        case 1: bytes[place] ^= 1 << UInt8(stream.next() % 8)
        case 2: bytes.insert(UInt8(truncatingIfNeeded: stream.next()), at: place)
        default:
          let end = min(bytes.count, place + 1 + Int(stream.next() % 8))
          if bytes.count > end - place { bytes.removeSubrange(place..<end) }
        }
      }
      do {
        _ = try WeightFile(Data(bytes))
      } catch {
        refused += 1
        #expect(!error.explanation.english.isEmpty)
      }
    }
    // Some damage falls on numbers, which any value suits.
    #expect(refused > rounds / 10)
  }
}
