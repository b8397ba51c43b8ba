import HoneRecords
import Testing

@testable import HoneDiagnosis

@Suite struct LayerListTests {
  /// Two hidden layers, one with its own beginning, one without an activation, and a softmax.
  private let written: ConfigurationValue = [
    ["linear": ["outputs": 8, "initializer": ["kind": "zeros"]]], "sigmoid",
    ["dropout": ["probability": 0.4]],
    ["linear": ["outputs": 8, "initializer": nil]], ["batchNorm": [:]],
    ["linear": ["outputs": "classes"]], "softmax",
  ]

  private func edited(_ edit: (inout LayerList) -> Void) throws -> [ConfigurationValue] {
    var list = try #require(LayerList(written))
    edit(&list)
    return list.items
  }

  @Test("gives hidden layers their activation, behind a normalization, and leaves the output alone")
  func activation() throws {
    let items = try edited { $0.activate(with: "relu") }
    #expect(items[1] == "relu" && items[5] == "relu")
    #expect(items.last == "softmax" && items.count == 8)
    #expect(try #require(LayerList(written)).isActivated == false)
  }

  @Test("takes the output's activation away")
  func raw() throws {
    let items = try edited { $0.endRaw() }
    #expect(items.count == 6 && items.last == ["linear": ["outputs": "classes"]])
  }

  @Test("normalizes only where nothing does")
  func normalization() throws {
    let items = try edited { $0.normalize(with: ["batchNorm": [:]]) }
    #expect(items.count == 8 && items[1] == ["batchNorm": [:]])
  }

  @Test("forgets beginnings, widens hidden layers, thins equal ones")
  func weights() throws {
    let forgotten = try edited { $0.forgetInitializers() }
    #expect(forgotten[0] == ["linear": ["outputs": 8, "initializer": nil]])
    let wide = try edited { $0.widen(by: 2) }
    #expect(wide[3] == ["linear": ["outputs": 16, "initializer": nil]])
    #expect(wide[5] == ["linear": ["outputs": "classes"]])
    let thin = try edited { $0.thin() }
    #expect(thin.count == 5)
  }

  @Test("moves dropout behind every normalization, weakens it, takes it out")
  func dropout() throws {
    let moved = try edited { $0.moveDropoutToEnd() }
    #expect(moved[4] == ["dropout": ["probability": 0.4]] && moved.count == 7)
    let weak = try edited { $0.scaleDropout(by: 0.5) }
    #expect(weak[2] == ["dropout": ["probability": 0.2]])
    #expect(try edited { $0.scaleDropout(by: 0) }.count == 6)
  }

  @Test("is no list without a layer of weights")
  func empty() {
    #expect(LayerList(["relu"]) == nil && LayerList(nil) == nil)
  }
}
