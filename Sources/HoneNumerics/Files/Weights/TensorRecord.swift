import Foundation
import HoneText

/// Where a pickle says that numbers lie: a storage by its key, or a part of one.
struct StorageRecord: Sendable, Hashable {
  var key: String
  /// nil where the storage counts bytes.
  var dtype: DType?
  /// Elements, or bytes where `dtype` is nil.
  var count: Int
  /// The first element of a part of a storage, and the part's length (legacy files only).
  var view: Range<Int>?

  /// The bytes of the whole storage; nil where they are too many to count.
  var byteCount: Int? {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: dtype?.size ?? 1)
    return overflow ? nil : bytes
  }
}

/// How a tensor lies in a storage.
struct TensorRecord: Sendable, Hashable {
  var storage: Int
  var dtype: DType
  /// Elements of `dtype` before the first one.
  var offset: Int
  var shape: [Int]
  var strides: [Int]

  static let maximumRank = 64

  /// A record whose elements all lie inside its storage.
  init(
    storage number: Int, of record: StorageRecord, dtype: DType, offset: Int, shape: [Int],
    strides: [Int]
  ) throws(WeightProblem) {
    let described = Localized(
      "a tensor of shape \(shape) with strides \(strides) and offset \(offset) does not fit its "
        + "storage '\(record.key)' of \(record.count).",
      korean: "형상 \(shape), 간격 \(strides), 위치 \(offset)의 텐서가 크기 \(record.count)인 "
        + "저장소 '\(record.key)'에 맞지 않습니다.")
    guard shape.count == strides.count, shape.count <= Self.maximumRank, offset >= 0,
      shape.allSatisfy({ $0 >= 0 }), strides.allSatisfy({ $0 >= 0 }), let bytes = record.byteCount,
      let last = Self.lastElement(offset: offset, shape: shape, strides: strides)
    else { throw .damaged(described) }
    let available = (record.view?.count).map { $0 } ?? bytes / dtype.size
    guard last < available else { throw .damaged(described) }
    self.storage = number
    self.dtype = dtype
    self.offset = offset + (record.view?.lowerBound ?? 0)
    self.shape = shape
    self.strides = strides
  }

  /// The furthest element; -1 where there is none, nil where it is too far to count.
  private static func lastElement(offset: Int, shape: [Int], strides: [Int]) -> Int? {
    if shape.contains(0) { return -1 }
    var last = offset
    var elements = 1
    for (extent, stride) in zip(shape, strides) {
      let (step, stepOverflow) = (extent - 1).multipliedReportingOverflow(by: stride)
      let (sum, sumOverflow) = last.addingReportingOverflow(step)
      let (product, productOverflow) = elements.multipliedReportingOverflow(by: extent)
      guard !stepOverflow, !sumOverflow, !productOverflow, product < Int.max / 8 else { return nil }
      (last, elements) = (sum, product)
    }
    return last
  }

  /// The bytes of the tensor once it is dense.
  var denseBytes: Int { shape.reduce(1, *) * dtype.size }

  private var isDense: Bool {
    var expected = 1
    for (extent, stride) in zip(shape, strides).reversed() where extent != 1 {
      if stride != expected { return false }
      expected *= extent
    }
    return true
  }

  /// The tensor's elements in row-major order, out of the bytes of its whole storage.
  func dense(from data: Data, swapping: Bool) -> HostTensor {
    let (size, total) = (dtype.size, denseBytes)
    guard total > 0 else { return HostTensor(dtype: dtype, shape: shape, bytes: []) }
    var bytes: [UInt8]
    if isDense {
      let start = data.startIndex + offset * size
      bytes = [UInt8](data[start..<(start + total)])
    } else {
      bytes = [UInt8](unsafeUninitializedCapacity: total) { target, count in
        data.withUnsafeBytes { gather(from: $0, into: UnsafeMutableRawBufferPointer(target)) }
        count = total
      }
    }
    if swapping, size > 1 {
      for start in stride(from: 0, to: total, by: size) {
        bytes[start..<(start + size)].reverse()
      }
    }
    // Python's truth is any byte but zero; Swift's is one.
    if dtype == .bool { bytes = bytes.map { $0 == 0 ? 0 : 1 } }
    return HostTensor(dtype: dtype, shape: shape, bytes: bytes)
  }

  /// Walks the shape like an odometer, the last dimension fastest.
  private func gather(
    from source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer
  ) {
    let size = dtype.size
    var position = [Int](repeating: 0, count: shape.count)
    var element = offset
    var written = 0
    while written < target.count {
      for byte in 0..<size { target[written + byte] = source[element * size + byte] }
      written += size
      var dimension = shape.count - 1
      while dimension >= 0 {
        position[dimension] += 1
        element += strides[dimension]
        if position[dimension] < shape[dimension] { break }
        element -= strides[dimension] * shape[dimension]
        position[dimension] = 0
        dimension -= 1
      }
    }
  }
}
