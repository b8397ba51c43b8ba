import HoneRecords
import Testing

struct ConfigurationValueTests {
  @Test("JSON decides the kind of a value")
  func kinds() throws {
    let text = #"{"a":true,"b":2,"c":2.5,"d":"2","e":null,"f":[1,[]],"g":{}}"#
    let value = try CanonicalJSON.decode(ConfigurationValue.self, from: text)
    let expected: ConfigurationValue = .map([
      "a": .bool(true), "b": .integer(2), "c": .number(2.5), "d": .string("2"), "e": .null,
      "f": .list([.integer(1), .list([])]), "g": .map([:]),
    ])
    #expect(value == expected)
    #expect(try CanonicalJSON.string(value) == text)
  }
}
