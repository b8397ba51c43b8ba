import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct ImageFolderSourceTests {
  @Test("takes classes from folders, counts other files, ignores hidden folders")
  func opensClassFolders() throws {
    let folder = try TemporaryFolder()
    try folder.copy("color.png", to: "b/1.png", "b/2.PNG", ".ipynb_checkpoints/1.png")
    try folder.copy("color.jpg", to: "a/1.jpg")
    try folder.write("notes", to: "a/readme.txt")
    let data = try DataSource.open(folder.path)
    #expect(data.classes == ["a", "b"])
    #expect(data.labels == [0, 1, 1])
    #expect(data.sampleShape == [3, 64, 64])
    #expect(data.notes.count == 1)
    #expect(data.task == .binary)
  }

  @Test("keeps grey images grey")
  func keepsGrey() throws {
    let folder = try TemporaryFolder()
    try folder.copy("grey.png", to: "a/1.png", "b/1.png")
    var options = DataOptions()
    options.imageSize = 8
    #expect(try DataSource.open(folder.path, options: options).sampleShape == [1, 8, 8])
  }

  @Test("keeps the splits that folders name")
  func keepsSplits() throws {
    let folder = try TemporaryFolder()
    try folder.copy(
      "color.png", to: "train/a/1.png", "train/b/1.png", "valid/b/1.png", "test/a/1.png")
    let parts = try #require(try DataSource.open(folder.path).parts)
    #expect(parts == DatasetParts(train: [0, 1], validation: [2], test: [3]))
  }

  @Test("refuses a class that only validation has, and names the nearest")
  func refusesUnknownClass() throws {
    let folder = try TemporaryFolder()
    try folder.copy("color.png", to: "train/ants/1.png", "train/bees/1.png", "val/bee/1.png")
    let error = dataError { try DataSource.open(folder.path) }
    #expect(error == .unknownClass(path: folder.path, name: "bee", known: ["ants", "bees"]))
    #expect(error?.explanation.english.contains("'bees'") == true)
    #expect(error?.exitStatus.rawValue == 65)
  }

  @Test("refuses a single class")
  func refusesSingleClass() throws {
    let folder = try TemporaryFolder()
    try folder.copy("color.png", to: "a/1.png", "a/2.png")
    #expect(
      dataError { try DataSource.open(folder.path) } == .singleClass(path: folder.path, name: "a"))
  }

  @Test("refuses an empty folder, an empty class and images without folders")
  func refusesEmpty() throws {
    let folder = try TemporaryFolder()
    #expect(dataError { try DataSource.open(folder.path) } == .emptyFolder(path: folder.path))
    try folder.copy("color.png", to: "1.png")
    guard case .unrecognized = dataError({ try DataSource.open(folder.path) }) else {
      Issue.record("images without class folders were taken")
      return
    }
    try folder.write("x", to: "a/readme.txt")
    #expect(
      dataError { try DataSource.open(folder.path) } == .emptyFolder(path: folder.path("a")))
  }

  @Test("changes its fingerprint when a file changes")
  func fingerprints() throws {
    let folder = try TemporaryFolder()
    try folder.copy("color.png", to: "a/1.png", "b/1.png")
    let before = try DataSource.open(folder.path).fingerprint
    #expect(try DataSource.open(folder.path).fingerprint == before)
    try folder.copy("palette.png", to: "b/1.png")
    #expect(try DataSource.open(folder.path).fingerprint != before)
  }
}
