import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct DataSourceTests {
  @Test("ships the digits")
  func opensDigits() throws {
    let digits = try DataSource.open("digits")
    #expect(digits.count == 1797)
    #expect(digits.sampleShape == [1, 8, 8])
    #expect(digits.labels.prefix(5) == [0, 1, 2, 3, 4])
    #expect(digits.classCounts(of: Array(0..<1797)).reduce(0, +) == 1797)
    #expect(digits.reading.imageMaximum == 16)
  }

  @Test("says where it looked for a data set that is not installed")
  func explainsMissingData() throws {
    let folder = try TemporaryFolder()
    let error = dataError { try DataSource.open("mnist", home: folder.url) }
    #expect(error?.exitStatus.rawValue == 66)
    #expect(error?.explanation.english.contains(folder.path("mnist")) == true)
    #expect(error?.explanation.korean.contains("HONE_DATA") == true)
    #expect(dataError { try DataSource.open("mnist") }?.exitStatus.rawValue == 66)
  }

  @Test("suggests the built-in name that a missing path resembles")
  func suggestsName() {
    let error = dataError { try DataSource.open("digit") }
    #expect(error?.exitStatus.rawValue == 66)
    #expect(error?.explanation.english.contains("'digits'") == true)
  }

  @Test("refuses files of unknown kinds")
  func refusesOthers() throws {
    let folder = try TemporaryFolder()
    let other = try folder.write("x", to: "a.xyz")
    #expect(dataError { try DataSource.open(other) }?.exitStatus.rawValue == 65)
  }

  @Test("opens images to predict on at the model's size and range")
  func opensInputs() throws {
    let folder = try TemporaryFolder()
    try folder.copy("grey.png", to: "1.png")
    let digits = try DataSource.open("digits")
    let inputs = try DataSource.openInputs([folder.path("1.png")], reading: digits.reading)
    #expect(inputs.sampleShape == [1, 8, 8])
    #expect(inputs.classes == digits.classes)
    let preprocessor = try Preprocessor.fit(digits, indices: [0], normalization: .none)
    let loader = try DataLoader(inputs, indices: [0], preprocessor: preprocessor)
    let batch = try loader.batch(of: [0])
    #expect(batch.targets.values(as: Int64.self) == [-1])
    #expect(batch.inputs.values(as: Float.self).allSatisfy { $0 <= 16 })
  }

  @Test("takes samples of one class where a model's classes are given")
  func takesOneKnownClass() throws {
    let folder = try TemporaryFolder()
    try folder.copy("color.png", to: "bees/1.png")
    let options = DataOptions(classes: ["ants", "bees"])
    #expect(try DataSource.open(folder.path, options: options).labels == [1])
  }
}
