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

  @Test("hastens running averages that are slower, and leaves others as they are")
  func runningAverages() throws {
    let slow: ConfigurationValue = [
      ["linear": ["outputs": 8]], ["batchNorm": ["momentum": 0.01, "affine": false]],
      ["linear": ["outputs": 8]], ["batchNorm": ["momentum": 0.5]],
      ["linear": ["outputs": 8]], "batchNorm", ["linear": ["outputs": "classes"]],
    ]
    var list = try #require(LayerList(slow))
    #expect(list.slowestBatchMomentum == 0.01)
    list.hastenRunningAverages(to: 0.1)
    #expect(list.items[1] == ["batchNorm": ["momentum": 0.1, "affine": false]])
    #expect(list.items[3] == ["batchNorm": ["momentum": 0.5]] && list.items[5] == "batchNorm")
    #expect(list.slowestBatchMomentum == 0.1)
    #expect(LayerList(written)?.slowestBatchMomentum == nil)
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
