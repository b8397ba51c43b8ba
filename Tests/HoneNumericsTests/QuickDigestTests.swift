import HoneNumerics
import Testing

@Suite struct QuickDigestTests {
  private func digest(_ bytes: [UInt8]) -> String {
    var digest = QuickDigest()
    bytes.withUnsafeBytes { digest.update($0) }
    return digest.hexDigest
  }

  @Test("a flipped bit anywhere, another length and another order give another digest")
  func differs() {
    let bytes = (0..<77).map { UInt8($0) }
    var seen: Set<String> = [digest(bytes), digest(Array(bytes.dropLast())), digest(bytes + [0])]
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1
      seen.insert(digest(changed))
    }
    var swapped = bytes
    swapped.swapAt(3, 40)
    seen.insert(digest(swapped))
    #expect(seen.count == 3 + 77 + 1)
    #expect(seen.allSatisfy { $0.count == 16 })
  }

  @Test("equal bytes give equal digests, and names count as bytes do")
  func repeats() {
    #expect(digest([1, 2, 3]) == digest([1, 2, 3]))
    var first = QuickDigest()
    var second = QuickDigest()
    first.update("weight")
    second.update("bias")
    #expect(first.hexDigest != second.hexDigest)
  }
}
