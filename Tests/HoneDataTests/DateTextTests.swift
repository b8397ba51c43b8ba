import Foundation
import Testing

@testable import HoneData

@Suite struct DateTextTests {
  @Test("agrees with Foundation's calendar over two centuries")
  func agreesWithCalendar() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    for days in stride(from: -36_500, to: 36_500, by: 97) {
      let date = Date(timeIntervalSince1970: Double(days) * 86_400)
      let parts = calendar.dateComponents([.year, .month, .day], from: date)
      let civil = CivilDate(daysSince1970: days)
      #expect([civil.year, civil.month, civil.day] == [parts.year, parts.month, parts.day])
      #expect(civil.daysSince1970 == days)
    }
  }

  @Test(
    "reads dates with and without times",
    arguments: [
      ("1970-01-02", 86_400.0), ("2024/02/29", 1_709_164_800), ("20240229", 1_709_164_800),
      ("2024-02-29 12:30", 1_709_209_800), ("2024-02-29T12:30:05.25Z", 1_709_209_805.25),
      ("2024-02-29T12:30:00+09:00", 1_709_177_400),
    ])
  func reads(_ text: String, _ seconds: Double) {
    #expect(DateText.seconds(text) == seconds)
  }

  @Test(
    "refuses what is no date",
    arguments: ["", "2023-02-29", "2024-13-01", "31-01-2024", "12.5", "2024-01-01 25:00", "soon"])
  func refuses(_ text: String) {
    #expect(DateText.seconds(text) == nil)
  }

  @Test("a table's column of times orders its splits and is not a feature")
  func ordersTables() throws {
    let rows = (0..<40).map { "\($0),2024-01-\($0 % 28 < 9 ? "0" : "")\($0 % 28 + 1),\($0 % 2)" }
    let folder = try TemporaryFolder()
    let path = try folder.write("a,day,y\n" + rows.joined(separator: "\n"), to: "data.csv")
    var options = DataOptions(target: "y")
    options.time = "day"
    let data = try DataSource.open(path, options: options)
    #expect(data.sampleShape == [1])
    let split = try Split.make(data, method: .chronological, seed: 0)
    let times = try #require(data.times)
    #expect(
      try #require(split.train.map { times[$0] }.max())
        < #require(split.test.map { times[$0] }.min()))
    try folder.write("a,day,y\n1,2024-01-01,0\n2,never,1\n", to: "bad.csv")
    #expect(
      dataError { try DataSource.open(folder.path("bad.csv"), options: options) }
        == .badTime(path: folder.path("bad.csv"), line: 3, column: "day", value: "never"))
  }
}
