import Foundation
import HoneNumerics
import Testing

struct ShortenedNumberTests {
  @Test("a number has four digits, as it is printed with them")
  func digits() {
    var stream = RandomStream(seed: 1, "shortened numbers")
    for _ in 0..<2000 {
      let value = (stream.uniform() - 0.5) * pow(10, Double(stream.index(below: 80)) - 45)
      #expect(value.shortened() == Double(String(format: "%.4g", value)))
    }
    for value in [0, -0.0, 1, 9999.6, 0.1, 1e-300, 4e300, .infinity, -.infinity] {
      #expect(value.shortened() == Double(String(format: "%.4g", value)))
    }
    #expect(Double.nan.shortened().isNaN)
    #expect(1234.5678.shortened(digits: 2) == 1200)
  }
}
