import HoneNumerics
import Testing

struct RandomStreamTests {
  private func words(_ stream: RandomStream, _ count: Int = 64) -> [UInt64] {
    var stream = stream
    return (0..<count).map { _ in stream.next() }
  }

  @Test("the same seed and path give the same numbers")
  func repeats() {
    #expect(
      words(RandomStream(seed: 7, "order", 3)) == words(RandomStream(seed: 7, "order", 3)))
  }

  @Test("gives what an independent version gives: stored runs depend on every bit")
  func golden() throws {
    for path in try Golden.load().streams {
      let stream: RandomStream
      switch path.indices.count {
      case 0: stream = RandomStream(seed: path.seed, path.purpose)
      case 1: stream = RandomStream(seed: path.seed, path.purpose, path.indices[0])
      default:
        stream = RandomStream(seed: path.seed, path.purpose, path.indices[0], path.indices[1])
      }
      #expect(words(stream, path.words.count) == path.words)
    }
  }

  @Test("a copy repeats the original")
  func copies() {
    var stream = RandomStream(seed: 7, "order")
    _ = stream.next()
    let copy = stream
    #expect(words(copy) == words(stream))
  }

  @Test("another seed, purpose or index gives unrelated numbers")
  func distinctPaths() {
    var streams = [
      RandomStream(seed: 7, "order", 3), RandomStream(seed: 8, "order", 3),
      RandomStream(seed: 7, "augment", 3), RandomStream(seed: 7, "order", 4),
      RandomStream(seed: 7, "order"), RandomStream(seed: 7, "order", 3, 0),
      RandomStream(seed: 7, "order", 0, 3), RandomStream(seed: 7, "orde", 3),
      RandomStream(seed: 7, "order", -3),
    ]
    streams += (0..<100).map { RandomStream(seed: 7, "sample", 1, $0) }
    #expect(Set(streams.flatMap { words($0) }).count == streams.count * 64)
  }

  @Test("streams of neighboring indices do not correlate")
  func correlation() {
    let count = 4000
    let series = (0..<4).map { index -> [Double] in
      var stream = RandomStream(seed: 0, "sample", index)
      return (0..<count).map { _ in stream.uniform() - 0.5 }
    }
    for i in 0..<4 {
      for j in 0..<i {
        let product = zip(series[i], series[j]).map { $0 * $1 }.sum() / Double(count)
        // The correlation's standard error is 1/sqrt(count): 4 of them.
        #expect(abs(product * 12) < 4 / Double(count).squareRoot())
      }
    }
  }

  @Test("uniform numbers spread evenly over their range", arguments: [0, 1, 12345])
  func chiSquare(seed: UInt64) {
    var stream = RandomStream(seed: seed, "test")
    var counts = [Int](repeating: 0, count: 64)
    for _ in 0..<20_000 { counts[Int(stream.uniform() * 64)] += 1 }
    let expected = 20_000.0 / 64
    let statistic = counts.map { (Double($0) - expected) * (Double($0) - expected) / expected }
      .sum()
    let pValue = ChiSquareDistribution(degreesOfFreedom: 63).upperTail(statistic)
    #expect((0.001...0.999).contains(pValue))
  }

  @Test("normal numbers follow the normal distribution")
  func kolmogorovSmirnov() {
    var stream = RandomStream(seed: 5, "test")
    let count = 10_000
    let values = (0..<count).map { _ in stream.normal() }.sorted()
    var distance = 0.0
    for (index, value) in values.enumerated() {
      let expected = NormalDistribution.cumulative(value)
      distance = max(
        distance, abs(expected - Double(index) / Double(count)),
        abs(expected - Double(index + 1) / Double(count)))
    }
    // Kolmogorov's critical distance at 0.001.
    #expect(distance < 1.95 / Double(count).squareRoot())
  }

  @Test("whole numbers below a bound are even in both ways of drawing", arguments: [3, 7, 10])
  func bounded(bound: Int) {
    var stream = RandomStream(seed: 11, "test")
    var filled = [Int](repeating: 0, count: 9001)
    stream.fill(&filled, below: bound)
    let single = (0..<9001).map { _ in stream.index(below: bound) }
    for values in [filled, single] {
      var counts = [Int](repeating: 0, count: bound)
      for value in values { counts[value] += 1 }
      let expected = 9001 / Double(bound)
      let statistic = counts.map { (Double($0) - expected) * (Double($0) - expected) / expected }
        .sum()
      let distribution = ChiSquareDistribution(degreesOfFreedom: Double(bound - 1))
      #expect(distribution.upperTail(statistic) > 0.001)
    }
  }

  @Test("numbers after filling do not repeat those that filled")
  func fillAdvances() {
    let bound = Int(UInt32.max)
    for words in 0..<4 {
      var stream = RandomStream(seed: 1, "test")
      for _ in 0..<words { _ = stream.next() }
      var first = [Int](repeating: 0, count: 5)
      var second = first
      stream.fill(&first, below: bound)
      stream.fill(&second, below: bound)
      #expect(Set(first + second).count == 10)
    }
  }

  @Test("a permutation holds every number once, and each place is even")
  func permutation() {
    var stream = RandomStream(seed: 2, "order")
    var first = [Int](repeating: 0, count: 5)
    for _ in 0..<5000 {
      let order = stream.permutation(5)
      #expect(order.sorted() == [0, 1, 2, 3, 4])
      first[order[0]] += 1
    }
    // 1000 expected, standard deviation 28.
    #expect(first.allSatisfy { abs($0 - 1000) < 115 })
    #expect(stream.permutation(0).isEmpty)
    #expect(stream.permutation(1) == [0])
  }

  @Test("a stream read from a file goes on where it was")
  func codable() throws {
    var stream = RandomStream(seed: 3, "order", 9)
    for _ in 0..<5 { _ = stream.next() }
    let data = try JSONCoding.encode(stream)
    #expect(try words(JSONCoding.decode(RandomStream.self, data)) == words(stream))
  }
}
