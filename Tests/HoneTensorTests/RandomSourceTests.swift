import HoneNumerics
import HoneTensor
import Testing

struct RandomSourceTests {
  @Test("a source that begins anew draws what a new one of that seed draws")
  func begins() {
    let source = RandomSource(seed: 3)
    // An odd count leaves half of a pair of normal numbers behind.
    _ = Tensor.normal([7], using: source)
    source.begin(seed: 5)
    let new = RandomSource(seed: 5)
    for count in [3, 100] {
      let drawn = Tensor.normal([count], using: source).hostTensor()
      #expect(drawn == Tensor.normal([count], using: new).hostTensor())
    }
  }
}
