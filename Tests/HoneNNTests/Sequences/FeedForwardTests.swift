import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

@testable import HoneNN

/// The feed-forward part of a Transformer's layer with its passes in one, beside the steps one by one.
struct FeedForwardTests {
  struct Case: Sendable {
    var activation: Activation
    var dropout: Double
    var features = 6
    var wide = 20
  }

  private static let cases = [
    Case(activation: .relu, dropout: 0.3), Case(activation: .relu, dropout: 0),
    Case(activation: .gelu(), dropout: 0.3), Case(activation: .gelu(), dropout: 0),
    Case(activation: .gelu(), dropout: 0.1, features: 33, wide: 65),
    Case(activation: .gelu(approximation: .tanh), dropout: 0.2),
    Case(activation: .silu, dropout: 0.2),
  ]

  private func part(_ of: Case) -> FeedForward {
    var stream = testStream()
    return FeedForward(
      expansion: Linear(inputs: of.features, outputs: of.wide, using: &stream),
      contraction: Linear(inputs: of.wide, outputs: of.features, using: &stream),
      activation: of.activation, dropout: of.dropout)
  }

  private func input(_ of: Case) -> Tensor {
    (randomTensor([3, 11, of.features], seed: 3) * 4).requiringGradient()
  }

  /// The output, and the gradients for the input and what is learned.
  private func results(_ of: Case) -> [Tensor] {
    let part = part(of)
    let input = input(of)
    let output = withRandomSource(RandomSource(seed: 11)) { part(input) }
    output.backward(randomTensor(output.shape, seed: 2))
    let learned = part.expansion.parameters + part.contraction.parameters
    return [output, input.gradient].compactMap(\.self) + learned.compactMap(\.gradient)
  }

  private func check(_ own: [Tensor], _ expected: [Tensor]) {
    #expect(own.count == expected.count)
    for (own, expected) in zip(own, expected) {
      let size: Double = expected.squared().mean().item()
      #expect(own.isClose(to: expected, relative: 1e-4, absolute: 2e-6 * size.squareRoot() + 1e-6))
    }
  }

  @Test("both are the same, and so are their gradients", arguments: cases)
  func agrees(_ of: Case) {
    check(results(of), withStandardKernels { results(of) })
  }

  @Test("a second derivative is the same", arguments: cases)
  func secondDerivative(_ of: Case) {
    func products() -> [Tensor] {
      let part = part(of)
      let input = input(of)
      let output = withRandomSource(RandomSource(seed: 11)) { part(input) }
      let first = gradients(of: output.squared().sum(), withRespectTo: [input], createGraph: true)
      first[0].squared().sum().backward()
      return [input.gradient].compactMap(\.self)
    }
    check(products(), withStandardKernels { products() })
  }

  @Test("whoever looks into the layers sees what each gives", arguments: cases)
  func trace(_ of: Case) {
    let part = part(of)
    let input = input(of)
    func events() -> [(kind: String, output: Tensor)] {
      withRandomSource(RandomSource(seed: 11)) {
        LayerTrace.recording { part(input) }.1.events.map { ($0.kind, $0.output) }
      }
    }
    let (own, expected) = (events(), withStandardKernels { events() })
    #expect(own.map(\.kind) == expected.map(\.kind))
    check(own.map(\.output), expected.map(\.output))
  }
}
