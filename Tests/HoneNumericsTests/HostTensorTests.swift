import HoneNumerics
import Testing

struct HostTensorTests {
  @Test("half precision agrees with NumPy bit by bit, rounding, overflow and subnormals included")
  func halves() throws {
    let golden = try Golden.load().halves
    let floats = golden.bits.map(Float.init(bitPattern:))
    let half = HostTensor(floats, shape: [floats.count], as: .float16)
    let brain = HostTensor(floats, shape: [floats.count], as: .bfloat16)
    #expect(bits(half) == golden.float16)
    #expect(bits(brain) == golden.bfloat16)
    #expect(half.floats.map(\.bitPattern) == golden.float16Values)
    #expect(brain.floats.map(\.bitPattern) == golden.bfloat16.map { UInt32($0) << 16 })
  }

  private func bits(_ tensor: HostTensor) -> [UInt16] {
    stride(from: 0, to: tensor.bytes.count, by: 2).map {
      UInt16(tensor.bytes[$0]) | UInt16(tensor.bytes[$0 + 1]) << 8
    }
  }

  @Test("not-a-number stays so in half precision", arguments: [DType.float16, .bfloat16])
  func notANumber(dtype: DType) {
    let patterns: [UInt32] = [0x7FC0_0000, 0x7F80_0001, 0xFFFF_FFFF]
    let tensor = HostTensor(
      patterns.map(Float.init(bitPattern:)), shape: [3], as: dtype)
    let survivors = tensor.floats.filter(\.isNaN)
    #expect(survivors.count == 3)
  }

  @Test("small whole numbers survive every type", arguments: DType.allCases)
  func wholeNumbers(dtype: DType) {
    let values: [Float] = [0, 1, 1, 0]
    let tensor = HostTensor(values, shape: [2, 2], as: dtype)
    #expect(tensor.dtype == dtype)
    #expect(tensor.bytes.count == 4 * dtype.size)
    #expect(tensor.floats == values)
  }

  @Test("whole-number types cut off fractions and saturate")
  func saturation() {
    let tensor = HostTensor(
      [-1, 255.9, 256, 3.99, .nan, -.infinity], shape: [6], as: .uint8)
    #expect(tensor.values(as: UInt8.self) == [0, 255, 255, 3, 0, 0])
    let wide = HostTensor([.infinity, -1e30, -2.5], shape: [3], as: .int64)
    #expect(wide.values(as: Int.self) == [.max, .min, -2])
  }

  @Test("values come back as they were put in")
  func roundTrip() {
    let values = [1.5, -2, .infinity, 1e-300]
    let tensor = HostTensor(values, shape: [2, 2])
    #expect(tensor.values(as: Double.self) == values)
    #expect(tensor.count == 4)
    #expect(HostTensor(zeros: [3], dtype: .float64).values(as: Double.self) == [0, 0, 0])
  }

  @Test("copies do not share what is written later")
  func copies() {
    let original = HostTensor([1, 2] as [Float], shape: [2])
    var copy = original
    copy.withUnsafeMutableBytes { $0.storeBytes(of: 9, as: Float.self) }
    #expect(original.floats == [1, 2])
    #expect(copy.floats == [9, 2])
  }

  @Test("asking for another type stops the program with a sentence")
  func wrongType() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = HostTensor([1] as [Float], shape: [1]).values(as: Double.self)
    }
    let message = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) }
    #expect(message?.contains("HostTensor holds float32, not float64") == true)
  }
}
