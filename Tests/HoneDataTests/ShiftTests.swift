import Foundation
import HoneNumerics
import HoneRecords
import Testing

@testable import HoneData

@Suite struct ShiftTests {
  private func facts(_ count: Int, seed: UInt64, shift: (Int) -> Double = { _ in 0 }) -> SampleFacts
  {
    var stream = RandomStream(seed: seed, "facts")
    var facts = SampleFacts()
    facts.measures = [
      .init(name: "a", values: (0..<count).map { stream.normal() + shift($0) }),
      .init(name: "b", values: (0..<count).map { _ in Double(stream.index(below: 9)) }),
    ]
    facts.kinds = [.init(name: "c", values: (0..<count).map { _ in stream.index(below: 2) })]
    return facts
  }

  private let split = Split(
    train: Array(0..<120), validation: Array(120..<180), test: Array(180..<240))

  @Test("raises a false alarm on at most five of a hundred random splits")
  func keepsItsLevel() {
    let alarms = (0..<100).count { seed in
      let results = ShiftTest(facts: facts(240, seed: UInt64(seed)), groups: nil, seed: 1)
        .results(split)
      #expect(results.count == 8)
      return results.contains { $0.adjusted < 0.05 }
    }
    #expect(alarms <= 5)
  }

  @Test("finds the property and the split that differ")
  func findsShift() throws {
    let results = ShiftTest(
      facts: facts(240, seed: 3) { $0 >= 180 ? 1.5 : 0 }, groups: nil, seed: 1
    ).results(split)
    let found = results.filter { $0.adjusted < 0.01 }
    #expect(found.contains { $0.property == "a" && $0.split == "test" })
    #expect(found.contains { $0.property == "classifier" && $0.split == "test" })
    #expect(found.allSatisfy { $0.split == "test" && $0.property != "c" })
    let medians = try #require(found.first { $0.property == "a" }?.medians)
    #expect(medians[1] - medians[0] > 1)
  }

  @Test("counts a group once, so that groups do not look like a shift")
  func countsGroupsOnce() {
    // Ten samples of each group are nearly the same.
    let alarms = (0..<40).count { seed in
      var stream = RandomStream(seed: UInt64(seed), "groups")
      let centers = (0..<100).map { _ in stream.normal() }
      var facts = SampleFacts()
      facts.measures = [
        .init(name: "a", values: (0..<1_000).map { centers[$0 / 10] + 0.01 * stream.normal() })
      ]
      let split = Split(
        train: Array(0..<600), validation: Array(600..<800), test: Array(800..<1_000))
      return ShiftTest(facts: facts, groups: (0..<1_000).map { $0 / 10 }, seed: 1).results(split)
        .contains { $0.adjusted < 0.05 }
    }
    #expect(alarms <= 4)
  }

  private func model(seed: UInt64, shift: Double = 0, features: Int = 100) -> ModelView {
    var stream = RandomStream(seed: seed, "model")
    var view = ModelView(
      validation: Array(0..<300), test: Array(300..<900), outputs: [:])
    for sample in 0..<900 {
      let moved = sample >= 300 ? shift : 0
      let probability = 1 / (1 + exp(-2 * stream.normal() - moved))
      view.outputs[sample] = [probability, 1 - probability]
      view.features[sample] = (0..<features).map { _ in Float(stream.normal() + moved) }
    }
    return view
  }

  @Test("what a model makes of random splits raises no more alarms than the level allows")
  func modelKeepsItsLevel() {
    let alarms = (0..<100).count { seed in
      let results = ShiftTest(
        facts: facts(240, seed: UInt64(seed)), groups: nil, seed: 1,
        model: model(seed: UInt64(seed), features: 12)
      ).results(split)
      #expect(results.count == 11)
      return results.contains { $0.adjusted < 0.05 }
    }
    #expect(alarms <= 5)
  }

  @Test(
    "a test split that a model sees otherwise than the validation split is found by its features")
  func findsModelShift() throws {
    let results = ShiftTest(
      facts: facts(240, seed: 3), groups: nil, seed: 1, model: model(seed: 5, shift: 1)
    ).results(split)
    let found = results.filter { $0.adjusted < 0.01 }
    #expect(found.allSatisfy { $0.reference == "validation" && $0.split == "test" })
    #expect(
      Set(found.map(\.property)).isSuperset(of: ["model features", "model prediction"]))
    let features = try #require(found.first { $0.property == "model features" })
    #expect(features.pair == "test against validation")
    #expect(features.telling?.allSatisfy { $0 >= 300 } == true)
    #expect(features.telling?.isEmpty == false)
  }
}
