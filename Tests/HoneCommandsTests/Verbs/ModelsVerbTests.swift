import Foundation
import Testing

@testable import HoneCommands

@Suite struct ModelsVerbTests {
  @Test("lists each published size with its parameters, arithmetic and input")
  func sizes() async throws {
    let run = await World().run("models")
    #expect(run.status == 0)
    let line = try #require(
      run.output.split(separator: "\n").first { $0.contains("resnet50 ") && $0.contains(" G ") })
    // He et al. 2015, table 1: 3.8 billion multiply-adds; torchvision's stride gives 4.1, doubled here.
    #expect(line.contains("25.6 M") && line.contains("8.18 G") && line.contains("3x224x224"))
    #expect(run.output.contains("arXiv 1512.03385"))
  }

  @Test("as JSON gives an entry for each name, with every number of its size")
  func json() async throws {
    let run = await World().run("models", "--json")
    let models = try #require(try run.json()["models"] as? [[String: Any]])
    let small = try #require(models.first { $0["name"] as? String == "vgg11" })
    #expect(small["family"] as? String == "vgg")
    #expect(small["input"] as? [Int] == [3, 224, 224])
    #expect(small["outputs"] as? Int == 1000)
    #expect(small["parameterCount"] as? Int == 132_863_336)
    let products = try #require(small["multiplyAdds"] as? Int)
    #expect(small["flops"] as? Int == 2 * products)
    #expect((small["source"] as? String)?.isEmpty == false)
    let automatic = try #require(models.first { $0["name"] as? String == "auto" })
    #expect(automatic["flops"] is NSNull)
  }
}
