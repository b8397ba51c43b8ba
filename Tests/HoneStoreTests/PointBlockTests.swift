import HoneRecords
import Testing

@testable import HoneStore

struct PointBlockTests {
  private func roundTrip(_ block: PointBlock) throws -> PointBlock {
    try PointBlock(decoding: block.encoded())
  }

  @Test("numbers come back to the last bit, missing ones and those that are none apart")
  func bits() throws {
    let values: [Double?] = [
      0.1, nil, .nan, .infinity, -.infinity, -0.0, 0, .leastNonzeroMagnitude, 1e300, 0.5,
      Double(bitPattern: 0x7FF8_0000_0000_0001), Double(Float.pi),
    ]
    let singles: [Double?] = [0.5, nil, .infinity, -0.0, Double(Float(0.1)), .nan]
    let same: [Double?] = Array(repeating: 1e-3, count: 12)
    for column in [values, same, Array(repeating: nil, count: 12), singles + singles] {
      let block = PointBlock(steps: Array(0..<12), columns: [column])
      let read = try roundTrip(block)
      #expect(read.steps == block.steps)
      #expect(read.columns[0].map { $0?.bitPattern } == column.map { $0?.bitPattern })
    }
  }

  @Test("step numbers come back in whatever order they were given")
  func steps() throws {
    let steps = [5, 1, 1_000_000_000_000, -7, 0, .max, .min]
    let read = try roundTrip(PointBlock(steps: steps, columns: []))
    #expect(read.steps == steps)
    #expect(try roundTrip(PointBlock()) == PointBlock())
  }

  @Test("values in single precision take four bytes, equal ones none")
  func size() {
    let count = 1000
    let single = (0..<count).map { Optional(Double(Float($0) * 0.1)) }
    let block = PointBlock(
      steps: Array(1...count), columns: [single, Array(repeating: 0.1, count: count)])
    #expect(block.encoded().count < count * 5 + 32)
  }

  @Test("bytes that are no block are refused, wherever they end or change")
  func damaged() throws {
    let block = PointBlock([Samples.step(1), Samples.step(2, loss: .nan)])
    let bytes = block.encoded()
    for length in 0..<bytes.count {
      #expect(throws: PointBlock.Damaged.self) { try PointBlock(decoding: Array(bytes[..<length])) }
    }
    #expect(throws: PointBlock.Damaged.self) { try PointBlock(decoding: bytes + [0]) }
    for index in bytes.indices {
      for change in [UInt8(0xFF), 0x80, 1] {
        var changed = bytes
        changed[index] ^= change
        // Either damage is noticed or it changed a number: nothing else can happen.
        _ = try? PointBlock(decoding: changed).stepRecords()
      }
    }
    #expect(throws: PointBlock.Damaged.self) {
      try PointBlock([MetricPoint(step: 1, value: 2)]).stepRecords()
    }
  }

  @Test("joined blocks are in order, the last of each step")
  func merged() throws {
    let first = PointBlock([MetricPoint(step: 3, value: 3), MetricPoint(step: 1, value: 1)])
    let second = PointBlock([
      MetricPoint(step: 2, value: 2, seconds: 5), MetricPoint(step: 3, value: 9),
    ])
    let points = try PointBlock.merged([first, second]).metricPoints()
    #expect(
      points == [
        MetricPoint(step: 1, value: 1), MetricPoint(step: 2, value: 2, seconds: 5),
        MetricPoint(step: 3, value: 9),
      ])
  }
}
