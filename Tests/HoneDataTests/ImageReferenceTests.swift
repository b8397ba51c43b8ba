import Foundation
import HoneNumerics
import Testing

@testable import HoneData

/// The images of Pillow's and libpng's own tests, beside what Pillow makes of them.
@Suite struct ImageReferenceTests {
  private struct Reference: Decodable {
    let error: String?
    let format: String?
    let mode: String?
    let size: [Int]?
    let digest: String?
    let means: [Double]?

    enum CodingKeys: String, CodingKey {
      case error, format, mode, size
      case digest = "rgb_sha256"
      case means = "rgb_mean"
    }
  }

  private static let references: [(String, Reference)] = {
    guard let folder = Fixtures.home?.appendingPathComponent("image-decode") else { return [] }
    let file = folder.appendingPathComponent("reference-pillow13.json")
    guard let content = try? Data(contentsOf: file) else { return [] }
    let all = try? JSONDecoder().decode([String: Reference].self, from: content)
    return (all ?? [:]).sorted { $0.key < $1.key }
  }()

  private func bytes(_ name: String) throws -> [UInt8] {
    let home = try #require(Fixtures.home)
    return [UInt8](try Data(contentsOf: home.appendingPathComponent("image-decode/\(name)")))
  }

  @Test(
    "each file of the reference is read as Pillow reads it, or refused with a reason",
    .enabled(if: Fixtures.hasData("image-decode"), "HONE_DATA has no image-decode folder"))
  func reads() throws {
    #expect(Self.references.count > 80)
    for (name, reference) in Self.references {
      let content = try bytes(name)
      guard let size = reference.size else {
        #expect(dataError { try ImageDecoder.decode(content, path: name) } != nil, "\(name)")
        continue
      }
      let picture = try ImageDecoder.decode(content, path: name, isUpright: false)
      #expect([picture.width, picture.height] == size, "\(name)")
      if reference.format == "JPEG" || name.hasSuffix("webp") {
        // Decoders of lossy formats may round by one step.
        let means = try #require(reference.means)
        for (channel, mean) in means.enumerated() {
          var sum = 0
          for at in stride(from: channel, to: picture.pixels.count, by: 3) {
            sum += Int(picture.pixels[at])
          }
          let difference = abs(Double(sum) / Double(size[0] * size[1]) - mean)
          #expect(difference < 0.05, "\(name), channel \(channel)")
        }
      } else if let digest = reference.digest {
        #expect(SHA256.hexDigest(of: picture.pixels) == digest, "\(name)")
      }
    }
  }
}
