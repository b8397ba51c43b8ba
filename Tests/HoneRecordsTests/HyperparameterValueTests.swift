import Foundation
import HoneRecords
import Testing

struct HyperparameterValueTests {
  @Test(
    "every scalar is read as what it is",
    arguments: [
      ("1", .integer(1)), ("-3", .integer(-3)),
      ("9007199254740993", .integer(9_007_199_254_740_993)),
      ("0.25", .number(0.25)), ("1e-5", .number(1e-5)), ("1e300", .number(1e300)),
      ("true", .bool(true)), ("false", .bool(false)), ("\"adam\"", .text("adam")),
      ("\"inf\"", .text("inf")), ("\"nan\"", .text("nan")), ("\"1.5\"", .text("1.5")),
    ] as [(String, HyperparameterValue)])
  func scalars(_ text: String, _ expected: HyperparameterValue) throws {
    let value = try CanonicalJSON.decode([HyperparameterValue].self, from: "[\(text)]")
    #expect(value == [expected])
    let again = try CanonicalJSON.decode(
      [HyperparameterValue].self, from: CanonicalJSON.string(value))
    #expect(again == value)
  }

  @Test("null, lists and maps are none", arguments: ["null", "[1]", "{\"a\":1}"])
  func others(_ text: String) {
    #expect(throws: DecodingError.self) {
      try CanonicalJSON.decode([HyperparameterValue].self, from: "[\(text)]")
    }
  }
}
