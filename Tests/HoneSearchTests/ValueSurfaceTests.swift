import HoneRecords
import Testing

@testable import HoneSearch

@Suite("Surfaces over two parameters")
struct ValueSurfaceTests {
  private func record() throws -> StudyRecord {
    let study = try Study(
      space: SearchSpace([
        .float("rate", 1e-4...1, scale: .log), .choice("kind", ["a", "b", "c"]),
        .integer("n", 1...4),
      ]), objectives: [.minimize("v")], sampler: .sobol, budget: .trials(40))
    try study.run { trial in trial[text: "kind"] == "a" ? 1 : trial["rate"] }
    return study.record
  }

  @Test("a number has as many places as asked for, a choice one for each value")
  func places() throws {
    let surface = try record().surface("rate", "kind", places: 10)
    #expect(surface.first.count == 10 && surface.second.count == 3)
    #expect(surface.values.count == 3 && surface.values[0].count == 10)
    let whole = try record().surface("n", "rate", places: 10)
    #expect(whole.first.count == 4)
  }

  @Test("values lie between those of the trials, and only a choice's own trials count for it")
  func values() throws {
    let surface = try record().surface("rate", "kind", places: 10)
    for value in surface.values[0] { #expect(abs((value ?? 0) - 1) < 1e-9) }
    let row = surface.values[1].compactMap { $0 }
    #expect(row.count == 10 && row.allSatisfy { $0 >= 1e-4 && $0 <= 1 })
    #expect(row[9] > row[0])
  }

  @Test("a choice that was never tried is left open")
  func gaps() throws {
    var record = try record()
    record.trials.removeAll { $0.parameters["kind"] == "c" }
    #expect(try record.surface("rate", "kind").values[2].allSatisfy { $0 == nil })
    #expect(throws: SearchError.self) { try record.surface("rate", "none") }
  }

  @Test("positions and values of a parameter are each other's inverse")
  func positions() {
    let rate = SearchParameter.float("rate", 1e-4...1, scale: .log)
    #expect(abs((rate.position(of: 1e-2) ?? 0) - 0.5) < 1e-12)
    #expect(rate.position(of: 2) == nil && rate.isNumber)
    let kind = SearchParameter.choice("kind", ["a", "b"])
    #expect(kind.position(of: "b") == 0.75 && kind.value(at: 0.75) == "b" && !kind.isNumber)
  }
}
