import HoneData
import HoneRecords
import Testing

@testable import HoneEngine

struct KnownNeighboursTests {
  @Test("what was measured holds for samples that are prepared alike, and for no others")
  func preparation() throws {
    let data = try DataSource.open("digits")
    func preprocessor(_ normalization: Normalization) throws -> Preprocessor {
      try Preprocessor.fit(data, indices: Array(0..<100), normalization: normalization)
    }
    let (unit, standardized) = (try preprocessor(.unit), try preprocessor(.standardize))
    let record = NeighbourRecord(neighbours: 5, samples: 100, score: 0.9, error: 0.01)
    let known = KnownNeighbours()
    #expect(known.record(preparedBy: unit) == nil)
    known.keep(record, preparedBy: unit)
    known.keep(nil, preparedBy: standardized)
    #expect(known.record(preparedBy: unit) == record)
    #expect(known.record(preparedBy: standardized) == nil)
  }
}
