import HoneRecords
import Testing

@testable import HoneSearch

@Suite("Reading a study")
struct ReadingTests {
  /// The sixty trials that `optuna.json` describes.
  private static func golden() throws -> StudyRecord {
    let space = try SearchSpace([
      .float("x", -5...5), .float("y", -5...5), .choice("z", ["a", "b", "c"]),
    ])
    var record = try Study(space: space, objectives: [.minimize("value")]).record
    for i in 0..<60 {
      let x = rounded(Double(i * 37 % 60) / 60 * 10 - 5)
      let y = rounded(Double(i * i * 11 % 61) / 61 * 10 - 5)
      let z = ["a", "b", "c"][(i * i % 7) % 3]
      let extra: Double = z == "b" ? 1 : z == "c" ? 5 : 0
      record.trials.append(
        TrialRecord(
          number: i, state: .completed,
          parameters: ["x": .number(x), "y": .number(y), "z": .text(z)],
          values: [x * x + 0.1 * y + extra]))
    }
    return record
  }

  private static func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }

  @Test("PED-ANOVA equals Optuna's")
  func pedANOVA() throws {
    let golden = try SearchGolden.optuna().importance
    let record = try Self.golden()
    let table = ImportanceTable(record)
    for (name, value) in zip(table.names, table.pedANOVA(Array(0..<60))) {
      #expect(agrees(value, golden.raw[name] ?? .nan, within: 1e-8))
    }
    for importance in try record.importance() {
      #expect(agrees(importance.share, golden.normalized[importance.name] ?? .nan, within: 1e-6))
      #expect(importance.lower <= importance.share && importance.share <= importance.upper)
    }
  }

  @Test("fANOVA gives the shares that Optuna's forest gives")
  func fANOVA() throws {
    let golden = try SearchGolden.optuna().importance.fanova
    for importance in try Self.golden().importance(.fANOVA, resamples: 2) {
      // Two forests of other randomness.
      #expect(abs(importance.share - (golden[importance.name] ?? .nan)) < 0.02)
    }
  }

  @Test("importance is refused under twenty completed trials")
  func refused() throws {
    var record = try Self.golden()
    record.trials = Array(record.trials.prefix(19))
    #expect(throws: SearchError.tooFewTrials(needed: 20, found: 19)) { try record.importance() }
  }

  @Test("history, slices, contours and CSV hold what the trials say")
  func tables() throws {
    let record = try Self.golden()
    let history = record.history
    #expect(history.count == 60)
    #expect(zip(history, history.dropFirst()).allSatisfy { $0.best >= $1.best })
    #expect(try history.last?.best == record.best().values[0])
    #expect(try record.slice(["x", "z"]).count == 60)
    #expect(throws: SearchError.unknownParameter("xx", nearest: "x")) { try record.slice(["xx"]) }
    let contour = try record.contour("x", "y", cells: 4)
    #expect(contour.count == 4 && contour.allSatisfy { $0.count == 4 })
    let lines = record.csv.split(separator: "\n")
    #expect(lines.count == 61)
    #expect(lines[0] == "trial,state,x,y,z,value,failure,note")
    #expect(record.table(3).split(separator: "\n").count == 5)
  }
}
