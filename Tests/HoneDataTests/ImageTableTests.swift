import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct ImageTableTests {
  private func folder(_ rows: [String], header: String = "file,size,label") throws
    -> TemporaryFolder
  {
    let folder = try TemporaryFolder()
    try folder.copy("color.jpg", to: "photos/a.jpg", "photos/b.jpg")
    try folder.copy("grey.png", to: "photos/c.PNG", "photos/d.png")
    try folder.write(([header] + rows).joined(separator: "\n"), to: "labels.csv")
    return folder
  }

  private let rows = [
    "photos/a.jpg,3,warm", "photos/c.PNG,4,grey", "photos/b.jpg,5,warm", "photos/d.png,6,grey",
  ]

  @Test("a table whose column names pictures beside it is a set of pictures")
  func opens() throws {
    let folder = try folder(rows)
    let data = try DataSource.open(
      folder.path("labels.csv"), options: DataOptions(target: "label", imageSize: 8))
    #expect(data.input == .image && data.sampleShape == [3, 8, 8])
    #expect(data.classes == ["grey", "warm"] && data.labels == [1, 0, 1, 0])
    #expect(data.name(of: 1) == folder.path("photos/c.PNG"))
    #expect(data.notes.contains { $0.english.contains("'size' left out") })
    #expect(data.reading.columns == ["file"] && data.reading.kinds["file"] == .image)
  }

  @Test("the value to predict may be a number")
  func regression() throws {
    let folder = try folder(rows)
    var options = DataOptions(target: "size", task: .regression, imageSize: 8)
    options.kinds["label"] = .ignored
    let data = try DataSource.open(folder.path("labels.csv"), options: options)
    #expect(data.task == .regression && data.input == .image && data.targets == [3, 4, 5, 6])
  }

  @Test("a model of such a table takes another table, or pictures")
  func inputs() throws {
    let folder = try folder(rows)
    let data = try DataSource.open(
      folder.path("labels.csv"), options: DataOptions(target: "label", imageSize: 8))
    let preprocessor = try Preprocessor.fit(data, indices: [0, 1, 2, 3])
    let pictures = try DataSource.openInputs(
      [folder.path("photos/d.png")], reading: preprocessor.reading)
    #expect(pictures.count == 1 && pictures.sampleShape == [3, 8, 8])
    try folder.write("file\nphotos/b.jpg\nphotos/c.PNG\n", to: "new.csv")
    let table = try DataSource.openInputs([folder.path("new.csv")], reading: preprocessor.reading)
    #expect(table.count == 2 && table.classes == ["grey", "warm"])
  }

  @Test("missing names and files are named with their line")
  func missing() throws {
    let lost = try folder(rows + ["photos/lost.jpg,7,warm"])
    let error = dataError {
      try DataSource.open(lost.path("labels.csv"), options: DataOptions(target: "label"))
    }
    let text = try #require(error?.explanation.english)
    #expect(text.contains("line 6") && text.contains("lost.jpg"))
    let empty = try folder(rows + [",7,warm"])
    var options = DataOptions(target: "label")
    options.kinds["file"] = .image
    let other = dataError { try DataSource.open(empty.path("labels.csv"), options: options) }
    #expect(other?.explanation.english.contains("line 6") == true)
  }

  @Test("names of files that are not there remain names")
  func onlyNames() throws {
    let folder = try folder(["x.png,1,a", "y.png,2,b", "x.png,3,a", "y.png,4,b"])
    let data = try DataSource.open(
      folder.path("labels.csv"), options: DataOptions(target: "label"))
    #expect(data.input == .table)
  }
}
