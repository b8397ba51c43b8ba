import Foundation
import HoneNumerics
import HoneRecords
import HoneText
import Testing

@testable import HoneData

@Suite struct TableSourceTests {
  private func open(_ text: String, _ options: DataOptions) throws -> Dataset {
    let folder = try TemporaryFolder()
    return try DataSource.open(try folder.write(text, to: "data.csv"), options: options)
  }

  private func error(_ text: String, _ options: DataOptions) -> DataError? {
    dataError { try open(text, options) }
  }

  @Test("reads quotes, byte-order mark, CR LF, blanks and missing values")
  func readsDialects() throws {
    let text =
      "\u{FEFF}name,\"a \"\"b\"\"\", size\r\n\"x, y\",1,big\r\n\r\nz,?, small\r\nz,3,big\r\n"
    let data = try open(text, DataOptions(target: "size"))
    #expect(data.classes == ["big", "small"])
    #expect(data.labels == [0, 1, 0])
    guard case .table(let table) = data.samples else {
      Issue.record("a table was expected")
      return
    }
    #expect(table.columns.map(\.name) == ["name", "a \"b\""])
    #expect(table.columns[0].levels == ["x, y", "z"])
    #expect(table.values[1] == 1 && table.values[3].isNaN && table.values[5] == 3)
    #expect(table.lines == [2, 4, 5])
  }

  @Test("finds the separator", arguments: [";", "\t", "|"])
  func findsSeparator(separator: String) throws {
    let text = ["a,b", "1,x", "2,y"].map { $0.replacing(",", with: separator) }
      .joined(separator: "\n")
    #expect(try open(text, DataOptions(target: "b")).classes == ["x", "y"])
  }

  @Test("names columns where the first line holds numbers, and says so")
  func namesColumns() throws {
    let data = try open("1,2,x\n3,4,y\n", DataOptions(target: "column3"))
    #expect(data.count == 2)
    #expect(data.notes.count == 1)
  }

  @Test("takes whole numbers of few values as classes, others as quantities")
  func infersTask() throws {
    let few = (0..<40).map { "\($0 * $0),\($0 % 3)" }.joined(separator: "\n")
    #expect(try open("a,b\n" + few, DataOptions(target: "b")).task == .multiclass)
    #expect(try open("a,b\n" + few, DataOptions(target: "a")).task == .regression)
    #expect(try open("a,b\n1,0.5\n2,0.25\n", DataOptions(target: "b")).task == .regression)
    #expect(
      try open("a,b\n" + few, DataOptions(target: "b", task: .regression)).task == .regression)
  }

  @Test("names line, column and value of text in a numeric column")
  func refusesText() throws {
    let rows = (0..<20).map { $0 == 6 ? "oops,x" : "\($0),\($0 % 2 == 0 ? "x" : "y")" }
    let text = "a,b\n" + rows.joined(separator: "\n")
    guard
      case .textInNumericColumn(_, 8, "a", "oops") = error(text, DataOptions(target: "b"))
    else {
      Issue.record("text in a numeric column was taken")
      return
    }
    let declared = DataOptions(target: "b", kinds: ["a": .categorical])
    #expect(try open(text, declared).sampleShape == [1])
  }

  @Test("names the nearest column when the target is missing")
  func refusesMissingTarget() {
    let found = error("price,size\n1,2\n", DataOptions(target: "prise"))
    #expect(found?.explanation.english.contains("nearest is 'price'") == true)
    #expect(found?.exitStatus.rawValue == 65)
    guard case .targetNotNamed(_, ["price", "size"]) = error("price,size\n1,2\n", DataOptions())
    else {
      Issue.record("a table without a target was taken")
      return
    }
  }

  @Test("refuses ragged rows, open quotes, no rows, empty files and rows without a target")
  func refusesDamage() {
    let options = DataOptions(target: "b")
    guard case .raggedRow(_, 3, 3, 2) = error("a,b\n1,x\n1,2,y\n", options) else {
      Issue.record("a ragged row was taken")
      return
    }
    guard case .badFile = error("a,b\n1,\"x\n2,y\n", options) else {
      Issue.record("an open quote was taken")
      return
    }
    for text in ["a,b\n", ""] {
      guard case .noRows = error(text, options) else {
        Issue.record("a table without rows was taken")
        return
      }
    }
    guard case .missingTarget(_, 3, "b") = error("a,b\n1,x\n2,\n3,y\n", options) else {
      Issue.record("a row without a target was taken")
      return
    }
    guard case .singleClass(_, "x") = error("a,b\n1,x\n2,x\n", options) else {
      Issue.record("a single class was taken")
      return
    }
  }

  @Test("leaves out columns that are names of their rows")
  func leavesOutIdentifiers() throws {
    let rows = (0..<200).map { "n\($0),\($0),\($0 % 2 == 0 ? "x" : "y")" }
    let data = try open("id,a,b\n" + rows.joined(separator: "\n"), DataOptions(target: "b"))
    #expect(data.sampleShape == [1])
    #expect(data.notes.count == 1)
  }

  @Test("reads new rows as the training rows were read, without the target")
  func readsInputs() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a,c,b\n1,u,x\n2,v,y\n3,u,x\n", to: "train.csv")
    let data = try DataSource.open(path, options: DataOptions(target: "b"))
    let preprocessor = try Preprocessor.fit(data, indices: [0, 1, 2], normalization: .none)
    let new = try folder.write("extra,c,a\nq,w,5\nq,v,\n", to: "new.csv")
    let inputs = try DataSource.openInputs([new], reading: preprocessor.reading)
    let loader = try DataLoader(inputs, indices: [0, 1], preprocessor: preprocessor)
    let batch = try loader.batch(of: [0, 1])
    // a; then u and v. An unseen level is all zeros, a missing number the median 2.
    #expect(batch.inputs.values(as: Float.self) == [5, 0, 0, 2, 0, 1])
  }

  @Test(
    "opens tables as they are found",
    .enabled(if: Fixtures.hasData("tabular"), "HONE_DATA has no tabular"))
  func opensReal() throws {
    let home = try #require(Fixtures.home).appendingPathComponent("tabular")
    let titanic = try DataSource.open(
      home.appendingPathComponent("titanic/titanic.csv").path,
      options: DataOptions(target: "Survived"))
    #expect(titanic.count == 891)
    #expect(titanic.task == .binary)
    let wine = try DataSource.open(
      home.appendingPathComponent("wine-quality/winequality-red.csv").path,
      options: DataOptions(target: "quality"))
    #expect(wine.count == 1599)
    #expect(wine.sampleShape == [11])
    let houses = try DataSource.open(
      home.appendingPathComponent("california-housing/housing.csv").path,
      options: DataOptions(target: "median_house_value"))
    #expect(houses.task == .regression)
    #expect(houses.count == 20_640)
  }
}
