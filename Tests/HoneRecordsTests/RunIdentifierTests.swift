import Foundation
import HoneNumerics
import HoneRecords
import Testing

struct RunIdentifierTests {
  private let date = Date(timeIntervalSince1970: 1_795_250_712)

  @Test("names begin with the moment in UTC and end in four characters")
  func form() {
    var stream = RandomStream(seed: 1, "identifier")
    let name = RunIdentifier.make(date, using: &stream)
    #expect(name.hasPrefix("20261121-084512-"))
    #expect(name.count == 20)
    #expect(name.suffix(4).allSatisfy { "0123456789abcdefghjkmnpqrstvwxyz".contains($0) })
  }

  @Test("names of one second differ")
  func distinct() {
    var stream = RandomStream(seed: 1, "identifier")
    let names = (0..<100).map { _ in RunIdentifier.make(date, using: &stream) }
    #expect(Set(names).count == 100)
  }

  @Test("names sort by time")
  func order() {
    var stream = RandomStream(seed: 1, "identifier")
    let names = [0, 1, 60, 3600, 86_400, 40_000_000].map {
      RunIdentifier.make(date.addingTimeInterval($0), using: &stream)
    }
    #expect(names == names.sorted())
  }
}
