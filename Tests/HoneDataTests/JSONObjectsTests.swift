import Foundation
import HoneRecords
import Testing

@testable import HoneData

@Suite struct JSONObjectsTests {
  private func objects(_ text: String) throws -> JSONObjects {
    try JSONObjects(Array(text.utf8), path: "a.jsonl")
  }

  private func rows(_ objects: JSONObjects) -> [[String?]] {
    objects.rows.map { row in
      row.map { range in range.map { String(decoding: objects.bytes[$0], as: UTF8.self) } }
    }
  }

  @Test("reads lines, lists, escapes, numbers, booleans and null")
  func reads() throws {
    let text =
      #"{"a": 1, "b": "x\n\"y\" \u00e9 \ud83d\ude00"}"# + "\n\n" + #"{"b": null, "c": -1.5e3}"#
    let read = try objects(text)
    #expect(read.columns == ["a", "b", "c"])
    #expect(rows(read) == [["1", "x\n\"y\" é 😀"], [nil, nil, "-1.5e3"]])
    #expect(read.lines == [1, 3])
    let list = try objects("[\n {\"a\": true},\n {\"a\": false}]\n")
    #expect(rows(list) == [["true"], ["false"]])
    #expect(list.lines == [2, 3])
  }

  @Test(
    "names the line of what is no JSON",
    arguments: [
      "{\"a\": 1}\n{\"a\": }", "{\"a\": 1}\n{\"a\" 1}", "{\"a\": 1}\n{\"a\": [1]}",
      "{\"a\": 1}\n{\"a\": \"x", "{\"a\": 1}\n{\"a\": 1 \"b\": 2}", "{\"a\": 1}\nx",
      "{\"a\": 1}\n{\"a\": \"\\q\"}", "{\"a\": 1}\n{\"a\": \"\\u12\"}", "{\"a\": 1}\n{\"a\": nope}",
      "{\"a\": 1}\n{\"a\": 1,}",
    ])
  func refuses(text: String) throws {
    let error = dataError { try objects(text) }
    guard case .badFile("a.jsonl", let reason) = error else {
      Issue.record("expected badFile, got \(String(describing: error))")
      return
    }
    #expect(reason.hasPrefix("line 2: "))
  }

  @Test("fails without a crash wherever a file is cut")
  func failsAnywhere() throws {
    let text = Array(#"[{"a": "x\u00e9", "b": [1]}, {"a": 2}]"#.utf8)
    for end in 0..<text.count {
      let read = dataError { try JSONObjects(Array(text[..<end]), path: "a") }
      #expect(read != nil || end == 0)
    }
  }

  @Test("a table of JSON lines is a table of CSV")
  func opensTables() throws {
    let folder = try TemporaryFolder()
    var lines = "size,name,kind\n"
    var json = ""
    for i in 0..<12 {
      lines += "\(i),n\(i % 3),\(i % 2 == 0 ? "even" : "odd")\n"
      json +=
        "{\"size\": \(i), \"name\": \"n\(i % 3)\", \"kind\": \"\(i % 2 == 0 ? "even" : "odd")\"}\n"
    }
    let options = DataOptions(target: "kind")
    let table = try DataSource.open(try folder.write(lines, to: "a.csv"), options: options)
    let other = try DataSource.open(try folder.write(json, to: "a.jsonl"), options: options)
    guard case .table(let first) = table.samples, case .table(let second) = other.samples else {
      Issue.record("tables were expected")
      return
    }
    #expect(first.values == second.values)
    #expect(first.columns.map(\.name) == second.columns.map(\.name))
    #expect(table.labels == other.labels)
    #expect(second.lines == Array(1...12))
  }

  @Test("UTF-16 is converted, other encodings are named with the line")
  func encodings() throws {
    let folder = try TemporaryFolder()
    let text = "이름,값\n가,1\n나,2\n"
    let wide: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let data = try DataSource.open(
      try folder.write(wide, to: "a.csv"), options: DataOptions(target: "이름"))
    #expect(data.classes == ["가", "나"])
    let old = Array("name,value\nx,1\n".utf8) + [0xB0, 0xA1] + Array(",2\n".utf8)
    let path = try folder.write(old, to: "b.csv")
    let error = dataError { try DataSource.open(path, options: DataOptions(target: "name")) }
    guard case .badFile(_, let reason) = error else {
      Issue.record("expected badFile, got \(String(describing: error))")
      return
    }
    #expect(reason.contains("line 3 is not in UTF-8"))
  }

  @Test("two columns of one name are refused")
  func duplicateColumns() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a,b,a\nx,2,3\ny,2,3\n", to: "a.csv")
    let error = dataError { try DataSource.open(path, options: DataOptions(target: "b")) }
    #expect(error == .badFile(path: path, reason: "two columns are named 'a'"))
  }
}
