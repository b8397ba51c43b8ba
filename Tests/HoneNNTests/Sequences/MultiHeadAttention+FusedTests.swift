import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

/// Attention in one pass, where this processor gains by it, beside the steps one by one.
struct MultiHeadAttentionFusedTests {
  enum Mask: CaseIterable {
    case none, causal, padding, blocked
  }

  struct Case: Sendable {
    var batch = 2
    var time: Int
    var features: Int
    var heads = 1
    var dropout = 0.0
  }

  /// What falls on the edges of tiles, panels and what is taken at once.
  private static let cases = [
    Case(batch: 1, time: 1, features: 1),
    Case(batch: 3, time: 5, features: 6, heads: 2, dropout: 0.3),
    Case(time: 17, features: 33, heads: 3), Case(time: 64, features: 64, heads: 1, dropout: 0.1),
    Case(time: 65, features: 80, heads: 2, dropout: 0.5), Case(time: 131, features: 48, heads: 4),
    Case(batch: 1, time: 300, features: 66, heads: 2, dropout: 0.2),
  ]

  private func mask(_ kind: Mask, _ of: Case) -> AttentionMask {
    switch kind {
    case .none: return AttentionMask()
    case .causal: return AttentionMask(isCausal: true)
    case .padding:
      // Of the first sample all keys are padding.
      let lengths = (0..<of.batch).map { Float($0 * of.time / of.batch) }
      let places = Tensor.range(0, of.time).cast(to: .float32)
      return AttentionMask(
        keyPadding: ATen.ge_Tensor(places, other: Tensor(lengths, shape: [of.batch, 1])))
    case .blocked:
      let draws = randomTensor([of.batch, of.heads, of.time, of.time], seed: 5)
      return AttentionMask(blocked: ATen.gt_Scalar(draws, other: 0.5), isCausal: true)
    }
  }

  private func layer(_ of: Case) -> MultiHeadAttention {
    var stream = testStream()
    return MultiHeadAttention(
      features: of.features, heads: of.heads, options: .init(dropout: of.dropout), using: &stream)
  }

  /// The output, and the gradients for the input and what is learned.
  private func results(_ of: Case, _ kind: Mask) -> [Tensor] {
    let layer = layer(of)
    let input = randomTensor([of.batch, of.time, of.features], seed: 3).requiringGradient()
    let output = withRandomSource(RandomSource(seed: 11)) { layer(input, mask: mask(kind, of)) }
    output.backward(randomTensor(output.shape, seed: 2))
    return [output, input.gradient].compactMap(\.self) + layer.parameters.compactMap(\.gradient)
  }

  private func check(_ own: [Tensor], _ expected: [Tensor]) {
    #expect(own.count == expected.count)
    for (own, expected) in zip(own, expected) {
      let size: Double = expected.squared().mean().item()
      #expect(own.isClose(to: expected, relative: 1e-4, absolute: 2e-5 * size.squareRoot() + 1e-7))
    }
  }

  @Test("both are the same, and so are their gradients", arguments: cases, Mask.allCases)
  func agrees(_ of: Case, _ kind: Mask) {
    check(results(of, kind), withStandardKernels { results(of, kind) })
  }

  @Test("and without gradients, whatever the length", arguments: cases, Mask.allCases)
  func answers(_ of: Case, _ kind: Mask) {
    let layer = layer(of)
    layer.evaluate()
    let input = randomTensor([of.batch, of.time, of.features], seed: 3)
    let own = withoutGradients { layer(input, mask: mask(kind, of)) }
    check([own], [withStandardKernels { layer(input, mask: mask(kind, of)) }])
    check([own], [layer(input, mask: mask(kind, of))])
  }

  @Test("a second derivative is the same")
  func secondDerivative() {
    func products(_ kind: Mask) -> [Tensor] {
      let of = Case(time: 7, features: 8, heads: 2, dropout: 0.25)
      let layer = layer(of)
      let input = randomTensor([of.batch, of.time, of.features], seed: 3).requiringGradient()
      let output = withRandomSource(RandomSource(seed: 11)) { layer(input, mask: mask(kind, of)) }
      let first = gradients(of: output.squared().sum(), withRespectTo: [input], createGraph: true)
      first[0].squared().sum().backward()
      return [input.gradient].compactMap(\.self) + layer.parameters.compactMap(\.gradient)
    }
    for kind in Mask.allCases { check(products(kind), withStandardKernels { products(kind) }) }
  }

  /// In a process of its own: the number of threads is the process's.
  @Test("any number of threads gives the same to the bit, and so for gradients")
  func threads() async {
    await #expect(processExitsWith: .success) {
      guard Tensor.gainsByFusedAttention else { return }
      let source = RandomSource(seed: 4)
      let projections = Tensor.normal([4, 70, 3 * 64], using: source)
      let outer = Tensor.normal([4, 70, 64], using: source)
      var found: [[Float]] = []
      for threads in [1, 2, 4] {
        Torch.threads = threads
        let input = projections.clone().requiringGradient()
        let output = withRandomSource(RandomSource(seed: 11)) {
          input.fusedAttention(heads: 4, blocked: nil, dropout: 0.2)
        }
        output.backward(outer)
        found.append(output.detached().floats + (input.gradient?.floats ?? []))
      }
      #expect(Set(found).count == 1)
    }
  }
}
