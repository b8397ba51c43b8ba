import HoneNN
import HoneNumerics
import HoneTensor
import HoneTestSupport
import Testing

/// The layers that draw in training.
struct RandomLayerTests {
  enum Kind: String, CaseIterable, Sendable {
    case dropout, dropout1d, dropout2d, dropout3d, alphaDropout, featureAlphaDropout
    case gaussianNoise, gaussianDropout, stochasticDepth, stochasticDepthBatch, dropBlock, rrelu

    var layer: any Layer<Tensor, Tensor> {
      switch self {
      case .dropout: Dropout(probability: 0.4)
      case .dropout1d: Dropout1d(probability: 0.4)
      case .dropout2d: Dropout2d(probability: 0.4)
      case .dropout3d: Dropout3d(probability: 0.4)
      case .alphaDropout: AlphaDropout(probability: 0.4)
      case .featureAlphaDropout: FeatureAlphaDropout(probability: 0.4)
      case .gaussianNoise: GaussianNoise(standardDeviation: 0.3)
      case .gaussianDropout: GaussianDropout(probability: 0.4)
      case .stochasticDepth: StochasticDepth(probability: 0.4)
      case .stochasticDepthBatch: StochasticDepth(probability: 0.4, mode: .batch)
      case .dropBlock: DropBlock2d(probability: 0.3, blockSize: 2)
      case .rrelu: RReLU()
      }
    }

    var inputShape: [Int] {
      switch self {
      case .dropout1d: [6, 8, 5]
      case .dropout3d: [6, 8, 2, 3, 2]
      default: [6, 8, 5, 4]
      }
    }
  }

  @Test(
    "random layers keep the contract of modules, and repeat under a seed", arguments: Kind.allCases)
  func contract(_ kind: Kind) {
    let input = randomTensor(kind.inputShape)
    #expect(moduleContractFailures({ kind.layer }, input: input, isRandom: true) == [])
  }

  @Test("a layer draws from its thread's source, whatever other threads draw at the same time")
  func threads() async {
    @Sendable func draws(_ seed: UInt64) -> [Float] {
      let input = Tensor.ones([20_000])
      let layer = Dropout()
      return withRandomSource(RandomSource(seed: seed)) {
        (0..<5).flatMap { _ in layer(input).floats }
      }
    }
    let alone = (0..<4).map { draws(UInt64($0)) }
    #expect(Set(alone).count == 4)
    for _ in 0..<5 {
      let together = await withTaskGroup(of: (Int, [Float]).self) { group in
        for index in 0..<4 { group.addTask { (index, draws(UInt64(index))) } }
        return await group.reduce(into: [Int: [Float]]()) { $0[$1.0] = $1.1 }
      }
      #expect((0..<4).allSatisfy { together[$0] == alone[$0] })
    }
  }

  @Test("recurrent layers and attention draw from their thread's source")
  func sequences() {
    let options = RecurrentOptions(layers: 3, isBidirectional: true, dropout: 0.4)
    let makers: [(inout RandomStream) -> any Layer<Tensor, Tensor>] = [
      { RNN(inputs: 4, features: 3, options: options, using: &$0) },
      { GRU(inputs: 4, features: 3, options: options, using: &$0) },
      { LSTM(inputs: 4, features: 3, projection: 2, options: options, using: &$0) },
      { MultiHeadAttention(features: 4, heads: 2, options: .init(dropout: 0.4), using: &$0) },
      {
        TransformerEncoder(
          layers: 1, features: 4, heads: 2,
          options: TransformerOptions(feedForward: 6, dropout: 0.4),
          using: &$0)
      },
      { _ in SinusoidalPositions(features: 4, dropout: 0.4) },
    ]
    let input = randomTensor([3, 5, 4])
    for (index, make) in makers.enumerated() {
      let failures = moduleContractFailures(
        {
          var stream = testStream()
          return make(&stream)
        }, input: input, isRandom: true)
      #expect(failures == [], "layer \(index)")
    }
  }

  @Test("a source inside another takes its place until the closure ends")
  func nesting() {
    let layer = Dropout()
    let input = Tensor.ones([1000])
    func draw() -> [Float] { layer(input).floats }
    let (first, second, other) = withRandomSource(RandomSource(seed: 1)) {
      let first = draw()
      let other = withRandomSource(RandomSource(seed: 2)) { draw() }
      return (first, draw(), other)
    }
    let expected = withRandomSource(RandomSource(seed: 1)) { [draw(), draw()] }
    #expect([first, second] == expected && first != second)
    #expect(other == withRandomSource(RandomSource(seed: 2)) { draw() })
    #expect(withRandomSource(nil) { RandomSource.current(on: .cpu) } == nil)
  }

  @Test("in evaluation random layers give their input back", arguments: Kind.allCases)
  func evaluation(_ kind: Kind) {
    guard kind != .rrelu else { return }
    let layer = kind.layer
    layer.evaluate()
    let input = randomTensor(kind.inputShape)
    #expect(layer(input).isIdentical(to: input))
  }

  @Test("channel dropout drops whole channels and keeps the mean", arguments: [1, 2, 3])
  func channels(_ axes: Int) {
    let layers: [any Layer<Tensor, Tensor>] = [
      Dropout1d(probability: 0.25), Dropout2d(probability: 0.25), Dropout3d(probability: 0.25),
    ]
    let shape = [40, 50] + [Int](repeating: 3, count: axes)
    let output = layers[axes - 1](Tensor.ones(shape)).flattened(from: 2)
    let largest = output.maximum(along: [2])
    #expect(largest.isIdentical(to: output.minimum(along: [2])))
    let values = largest.floats
    #expect(values.allSatisfy { $0 == 0 || abs($0 - 4 / 3) < 1e-6 })
    let share = Double(values.count { $0 == 0 }) / 2000
    // Five standard deviations of a share of 2000 draws.
    #expect(abs(share - 0.25) < 5 * (0.25 * 0.75 / 2000).squareRoot())
  }

  @Test("alpha dropout keeps the moments of standard normal inputs", arguments: [0.1, 0.4])
  func alpha(_ probability: Double) {
    let input = randomTensor([200_000])
    let output = AlphaDropout(probability: probability)(input)
    // Moments of 200,000 draws; the square of a normal number has variance 2.
    #expect(abs(output.mean().item()) < 0.02)
    #expect(abs(output.variance().item() - 1) < 0.03)
  }

  @Test("noise has the deviation that was asked for")
  func noise() {
    let zeros = Tensor.zeros([100_000])
    let added = GaussianNoise(standardDeviation: 0.3)(zeros)
    #expect(abs(added.standardDeviation().item() - 0.3) < 0.005)
    let factors = GaussianDropout(probability: 0.2)(zeros + 1)
    #expect(abs(factors.mean().item() - 1) < 0.01)
    #expect(abs(factors.standardDeviation().item() - 0.5) < 0.01)
  }

  @Test("stochastic depth drops whole samples, or the whole batch")
  func depth() {
    let rows = StochasticDepth(probability: 0.25)(Tensor.ones([2000, 2, 3])).flattened(from: 1)
    #expect(rows.maximum(along: [1]).isIdentical(to: rows.minimum(along: [1])))
    let share = Double(rows.maximum(along: [1]).floats.count { $0 == 0 }) / 2000
    #expect(abs(share - 0.25) < 5 * (0.25 * 0.75 / 2000).squareRoot())
    let layer = StochasticDepth(probability: 0.5, mode: .batch)
    let outcomes = Set((0..<40).map { _ in layer(Tensor.ones([3, 2])).floats })
    #expect(outcomes == [[Float](repeating: 0, count: 6), [Float](repeating: 2, count: 6)])
  }

  @Test("DropBlock drops about its share in squares, and keeps the mean", arguments: [2, 3, 5])
  func blocks(_ side: Int) {
    let layer = DropBlock2d(probability: 0.1, blockSize: side)
    let output = layer(Tensor.ones([100, 20, 12, 12]))
    let share = Double(output.floats.count { $0 == 0 }) / Double(output.count)
    // Squares overlap, so that fewer positions are dropped than asked for; 288,000 positions in
    // squares of up to 25 give a share with a standard deviation of up to 0.003.
    #expect((0.075...0.11).contains(share))
    #expect(abs(output.mean().item() - 1) < 1e-5)
    // A dropped position lies in a square of dropped ones: opening the zeros changes nothing.
    let zeros = output.isEqual(to: 0).cast(to: .float32)
    let corners = MaxPool2d(window: side, stride: 1)(1 - zeros)
    let margins = [Int](repeating: side - 1, count: 4)
    let opened = MaxPool2d(window: side, stride: 1)(
      ATen.constant_pad_nd(1 - corners, pad: margins))
    #expect(opened.isIdentical(to: zeros))
  }

  @Test("RReLU draws slopes within its bounds, and takes their middle in evaluation")
  func slopes() {
    let layer = RReLU(lower: 0.2, upper: 0.4)
    let values = layer(Tensor.full([5000], -1)).floats
    #expect(values.allSatisfy { $0 <= -0.2 && $0 >= -0.4 })
    #expect(Set(values).count > 4000)
    layer.isTraining = false
    #expect(layer(Tensor([Float(-1)])).floats == [-0.3])
  }
}
