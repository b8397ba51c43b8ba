import HoneNumerics
import Testing

struct SHA256Tests {
  @Test("agrees with hashlib at every kind of length")
  func golden() throws {
    for digest in try Golden.load().digests {
      #expect(SHA256.hexDigest(of: digest.bytes) == digest.hex)
    }
  }

  @Test("the way bytes are cut into pieces does not matter", arguments: [1, 7, 63, 64, 65, 500])
  func pieces(size: Int) throws {
    let longest = try #require(try Golden.load().digests.last)
    var hash = SHA256()
    for start in stride(from: 0, to: longest.bytes.count, by: size) {
      hash.update(Array(longest.bytes[start..<min(start + size, longest.bytes.count)]))
    }
    #expect(hash.hexDigest == longest.hex)
  }

  @Test("reading the digest does not end the hash")
  func reading() {
    var first = SHA256()
    first.update("ab")
    _ = first.digest
    first.update("c")
    #expect(first.hexDigest == SHA256.hexDigest(of: Array("abc".utf8)))
  }
}
