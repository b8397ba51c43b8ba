import HoneNumerics
import Testing

struct MemoryPoolTests {
  @Test("a block that nobody holds is used again; one that is held is not")
  func again() {
    let pool = MemoryPool(mostWaiting: 2)
    var first: MemoryBlock? = pool.block(of: 1024)
    let address = first?.bytes.baseAddress
    let second = pool.block(of: 1024)
    #expect(second.bytes.baseAddress != address)
    first = nil
    #expect(pool.block(of: 512).bytes.baseAddress == address)
    #expect(second.bytes.count == 1024)
  }

  @Test("a waiting block that is too small is left alone")
  func tooSmall() {
    let pool = MemoryPool(mostWaiting: 2)
    _ = pool.block(of: 16)
    let large = pool.block(of: 1 << 20)
    #expect(large.bytes.count == 1 << 20)
    #expect(pool.block(of: 16).bytes.count == 16)
  }

  @Test("an array in a block outlives its pool, and copies that are written leave it as it was")
  func arrays() {
    var pool: MemoryPool? = MemoryPool(mostWaiting: 1)
    let tensor = filled(pool?.block(of: 64))
    pool = nil
    var copy = tensor
    copy.withUnsafeMutableBytes { $0.storeBytes(of: Float(9), as: Float.self) }
    #expect(tensor.values(as: Float.self) == [1, 2, 3])
    #expect(copy.values(as: Float.self) == [9, 2, 3])
    #expect(tensor == HostTensor([Float(1), 2, 3], shape: [3]))
    #expect(tensor != copy)
    #expect(tensor.hashValue == HostTensor([Float(1), 2, 3], shape: [3]).hashValue)
    #expect(tensor.bytes.count == 12)
  }

  /// An array of three numbers in a block that has room for more.
  private func filled(_ block: MemoryBlock?) -> HostTensor {
    let block = block ?? MemoryPool(mostWaiting: 0).block(of: 64)
    for place in 0..<3 { block.floats[place] = Float(place + 1) }
    return HostTensor(dtype: .float32, shape: [3], block: block)
  }
}
