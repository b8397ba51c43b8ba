import Foundation
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct ArraySourceTests {
  private struct Expected: Decodable {
    let shape: [Int]
    let values: [Double]
  }

  private static let folder = Fixtures.folder.appendingPathComponent("Arrays")

  private static let expected: [String: Expected] = {
    let content = (try? Data(contentsOf: folder.appendingPathComponent("expected.json"))) ?? Data()
    return (try? JSONDecoder().decode([String: Expected].self, from: content)) ?? [:]
  }()

  private func array(_ name: String) throws -> StoredArray {
    let url = Self.folder.appendingPathComponent("\(name).npy")
    return try NumpyFile.array(Data(contentsOf: url), path: name)
  }

  private func open(_ name: String, _ options: DataOptions = DataOptions()) throws -> Dataset {
    try DataSource.open(Self.folder.appendingPathComponent(name).path, options: options)
  }

  private func pixels(_ data: Dataset) throws -> [Double] {
    guard case .images(let images) = data.samples else { return [] }
    var all: [Double] = []
    for index in 0..<data.count {
      try images.withPixels(of: index) { pixels in
        for i in 0..<images.sampleBytes { all.append(Double(pixels[i])) }
      }
    }
    return all
  }

  @Test(
    "reads each kind of number in either byte order",
    arguments: ["u1", "i2", "u2", "i4", "i8", "f2", "f4", "f8", "b1"])
  func readsNumbers(name: String) throws {
    let reference = try #require(Self.expected[name])
    let array = try array(name)
    #expect(array.shape == reference.shape)
    #expect(array.doubles == reference.values)
  }

  @Test("reads texts of either width") func readsTexts() throws {
    guard case .texts(let wide) = try array("wide").elements,
      case .texts(let narrow) = try array("bytes").elements
    else {
      Issue.record("texts were expected")
      return
    }
    #expect(wide == ["고양이", "dog", ""])
    #expect(narrow == ["cat", "dog"])
  }

  @Test("refuses objects and arrays stored by columns", arguments: ["objects", "columns"])
  func refuses(name: String) {
    #expect(dataError { try array(name) } != nil)
  }

  @Test("fails without a crash wherever a file is cut", arguments: ["f8.npy", "packed.npz"])
  func failsAnywhere(name: String) throws {
    let folder = try TemporaryFolder()
    let content = try Fixtures.bytes("Arrays/\(name)")
    for end in stride(from: 0, to: content.count, by: 7) {
      let path = try folder.write(Array(content[..<end]), to: name)
      #expect(dataError { try ArrayFile.arrays(URL(fileURLWithPath: path)) } != nil)
    }
  }

  @Test(
    "images are the same from each kind of file",
    arguments: ["plain.npz", "packed.npz", "planes.safetensors"])
  func readsImages(name: String) throws {
    let data = try open(name)
    let reference = try #require(Self.expected["images"])
    #expect([data.count] + data.sampleShape == reference.shape)
    #expect(try pixels(data) == reference.values)
    #expect(data.labels == [0, 1, 2, 0, 1, 2])
    #expect(data.classes == ["0", "1", "2"])
    let parts = name.hasSuffix("npz") ? DatasetParts(train: [0, 1, 2, 3], test: [4, 5]) : nil
    #expect(data.parts == parts)
  }

  @Test("fractions of 0 to 1 become bytes, with a note") func readsLight() throws {
    let data = try open("light.npz")
    let reference = try #require(Self.expected["images"])
    let first = (0..<6).flatMap { reference.values[($0 * 60)..<($0 * 60 + 20)] }
    #expect(try pixels(data) == first)
    #expect(data.notes.count == 1)
  }

  @Test("two dimensions are a table; fractions are values to predict") func readsTables() throws {
    let data = try open("table.npz")
    #expect(data.task == .regression)
    #expect(data.sampleShape == [3])
    #expect(data.targets.first == 0 && data.targets.last == 1)
  }

  @Test("names sort into roles")
  func roles() {
    let roles = ArrayRoles(["x_train", "y_train", "val_images", "val_labels", "weights"])
    #expect(roles.pairs[.train] == ArrayRoles.Pair(inputs: "x_train", labels: "y_train"))
    #expect(roles.pairs[.validation] == ArrayRoles.Pair(inputs: "val_images", labels: "val_labels"))
    #expect(roles.pairs[.test] == nil)
  }

  @Test("a folder of arrays opens; one array without labels says what is missing")
  func opensFolders() throws {
    let folder = try TemporaryFolder()
    try folder.write(try Fixtures.bytes("Arrays/f8.npy"), to: "x.npy")
    #expect(
      dataError { try DataSource.open(folder.path) }?.explanation.english.contains("x") == true)
    try folder.write(try Fixtures.bytes("Arrays/wide.npy"), to: "y.npy")
    let data = try DataSource.open(folder.path)
    #expect(data.classes == ["", "dog", "고양이"])
    #expect(data.count == 3)
  }

  @Test("collections of a program are data") func collections() throws {
    let rows = (0..<6).map { [Double($0), 1] }
    let data = try Dataset(rows: rows, labels: ["a", "b", "a", "b", "a", "b"])
    #expect(data.task == .binary && data.sampleShape == [2])
    #expect(try Dataset(rows: rows, targets: [1, 2, 3, 4, 5, 6]).task == .regression)
    #expect(try Dataset(texts: ["x y", "z"], labels: ["p", "q"]).input == .text)
    let images = [[UInt8]](repeating: [1, 2, 3, 4], count: 2)
    let pictures = try Dataset(
      images: images, channels: 1, height: 2, width: 2, labels: ["a", "b"])
    #expect(pictures.sampleShape == [1, 2, 2])
    #expect(dataError { try Dataset(rows: rows, labels: ["a", "b"]) } != nil)
    #expect(dataError { try Dataset(rows: rows, targets: [1, 2, 3, 4, 5, .nan]) } != nil)
  }
}
