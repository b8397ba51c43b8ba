import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

/// Products of dense layers through tiles, where this processor's gain by them, beside libtorch's.
struct PanelProductTests {
  struct Shape: Sendable {
    var rows: Int
    var inputs: Int
    var outputs: Int
    var bias = true
  }

  /// What falls on the edges of tiles, panels and what is taken at once.
  private static let shapes = [
    Shape(rows: 64, inputs: 64, outputs: 128), Shape(rows: 64, inputs: 128, outputs: 64),
    Shape(rows: 64, inputs: 64, outputs: 10, bias: false), Shape(rows: 8, inputs: 1, outputs: 1),
    Shape(rows: 9, inputs: 15, outputs: 17), Shape(rows: 7, inputs: 33, outputs: 31),
    Shape(rows: 66, inputs: 16, outputs: 48, bias: false),
    Shape(rows: 131, inputs: 257, outputs: 33),
    Shape(rows: 300, inputs: 520, outputs: 47), Shape(rows: 1030, inputs: 40, outputs: 65),
    Shape(rows: 80, inputs: 1500, outputs: 800),
  ]

  /// The output of two layers, and the gradients of both for what they learn.
  private func results(_ shape: Shape, isFast: Bool = false) -> [Tensor] {
    var stream = testStream()
    let first = Linear(
      inputs: shape.inputs, outputs: shape.outputs, bias: shape.bias, using: &stream)
    let second = Linear(inputs: shape.outputs, outputs: 11, using: &stream)
    if isFast { for layer in [first, second] { layer.kernel = .oneDNN } }
    let model = Sequential {
      first
      ReLU()
      second
    }
    let input = randomTensor([shape.rows, shape.inputs]).requiringGradient()
    let output = model(input)
    output.backward(randomTensor(output.shape, seed: 2))
    return [output] + [input.gradient].compactMap(\.self)
      + model.parameters.compactMap(\.gradient)
  }

  private func check(_ own: [Tensor], _ expected: [Tensor]) {
    #expect(own.count == expected.count)
    for (own, expected) in zip(own, expected) {
      let size: Double = expected.squared().mean().item()
      #expect(own.isClose(to: expected, relative: 1e-4, absolute: 1e-4 * size.squareRoot()))
    }
  }

  @Test("both are the same", arguments: shapes)
  func agrees(_ shape: Shape) {
    check(results(shape), withStandardKernels { results(shape) })
  }

  @Test("and where a layer is told to go beyond libtorch's product", arguments: shapes)
  func fastLinear(_ shape: Shape) {
    guard Tensor.hasFastLinear else { return }
    check(results(shape, isFast: true), withStandardKernels { results(shape) })
  }

  /// In a process of its own: the number of threads is the process's.
  @Test("the number of threads changes nothing", .enabled(if: Tensor.trainsFastLinear))
  func threads() async {
    await #expect(processExitsWith: .success) {
      let tests = PanelProductTests()
      func values(_ threads: Int) -> [[Float]] {
        Torch.threads = threads
        return tests.results(Shape(rows: 131, inputs: 257, outputs: 133)).map(\.floats)
      }
      let alone = values(1)
      #expect(values(2) == alone)
      #expect(values(5) == alone)
    }
  }

  @Test("values that are not finite stay with their row")
  func notFinite() {
    var stream = testStream()
    let layer = Sequential {
      Linear(inputs: 20, outputs: 10, using: &stream)
      ReLU()
    }
    let rows = 12
    var values = randomTensor([rows, 20]).floats
    values[3 * 20 + 4] = .infinity
    values[5 * 20] = .nan
    let output = layer(Tensor(HostTensor(values, shape: [rows, 20]))).floats
    for row in 0..<rows {
      let isFinite = output[(row * 10)..<(row * 10 + 10)].allSatisfy(\.isFinite)
      #expect(isFinite == (row != 3 && row != 5))
    }
  }
}
