import Foundation
import Testing

@testable import HoneData

@Suite struct AugmentationTests {
  @Test("is written as it is read", arguments: AugmentationKind.all)
  func codes(kind: AugmentationKind) throws {
    let plain = try Augmentation(name: kind.name)
    #expect(plain.name == kind.name)
    #expect(plain.parameters == [kind.parameter: kind.standard])
    let coded = try JSONEncoder().encode(plain)
    #expect(try JSONDecoder().decode(Augmentation.self, from: coded) == plain)
    let word = try JSONDecoder().decode(Augmentation.self, from: Data("\"\(kind.name)\"".utf8))
    #expect(word == plain)
  }

  @Test("refuses unknown names, parameters and values")
  func refuses() {
    let names = AugmentationKind.all.map(\.name)
    #expect(
      dataError { try Augmentation(name: "flip") }
        == .unknownAugmentation(name: "flip", known: names)
    )
    #expect(
      dataError { try Augmentation(name: "cutout", parameters: ["sice": 3]) }
        == .badAugmentation(name: "cutout", parameter: "sice", allowed: "size"))
    #expect(
      dataError { try Augmentation(name: "horizontalFlip", parameters: ["probability": 2]) }
        == .badAugmentation(
          name: "horizontalFlip", parameter: "probability", allowed: "0.0 to 1.0"))
  }
}
