import HoneNumerics
import Testing

struct PhiloxTests {
  @Test("gives the known answers of Random123 and of an independent version")
  func knownAnswers() throws {
    for answer in try Golden.load().philox {
      let block = Philox.block(
        counter: SIMD4(answer.counter), key: SIMD2(answer.key))
      #expect(block == SIMD4(answer.output))
    }
  }
}
