import HoneRecords
import HoneText
import Testing

@testable import HoneSearch

@Suite("Search space")
struct SearchSpaceTests {
  private func refusal(_ parameters: [SearchParameter]) -> SearchError? {
    do {
      _ = try SearchSpace(parameters)
      return nil
    } catch {
      return error
    }
  }

  @Test("refuses what cannot be searched, each with its own error")
  func refusals() {
    let cases: [([SearchParameter], SearchError)] = [
      (
        [SearchParameter("a", .float(low: 2, high: 1))],
        .emptyRange(parameter: "a", low: "2.0", high: "1.0")
      ),
      (
        [SearchParameter("a", .float(low: .nan, high: 1))],
        .emptyRange(parameter: "a", low: "nan", high: "1.0")
      ),
      ([.float("a", 0...1, scale: .log)], .logOverZero(parameter: "a", low: "0.0")),
      ([.integer("a", 0...8, scale: .log)], .logOverZero(parameter: "a", low: "0")),
      (
        [.float("a", 0.1...1, scale: .logit)],
        .logitOutside(parameter: "a", low: "0.1", high: "1.0")
      ),
      ([.float("a", 0...1, step: -1)], .invalidStep(parameter: "a", step: "-1.0")),
      ([.integer("a", 0...3, step: 9)], .invalidStep(parameter: "a", step: "9")),
      ([.choice("a", [])], .noChoices(parameter: "a")),
      ([.choice("a", ["x", "x"])], .duplicateChoice(parameter: "a", value: "x")),
      ([.choice("a", ["x", 1])], .mixedChoices(parameter: "a", values: ["x", "1"])),
      ([.bool("a"), .bool("a")], .duplicateParameter("a")),
      (
        [.choice("optimizer", ["sgd"]), .float("m", 0...1).when("optimiser", is: "sgd")],
        .unknownCondition(parameter: "m", condition: "optimiser", nearest: "optimizer")
      ),
      (
        [.choice("o", ["sgd"]), .float("m", 0...1).when("o", is: "adam")],
        .impossibleCondition(parameter: "m", condition: "o", value: "adam")
      ),
      (
        [.bool("a").when("b", is: true), .bool("b").when("a", is: true)],
        .circularCondition(parameter: "a")
      ),
    ]
    for (parameters, expected) in cases {
      #expect(refusal(parameters) == expected)
      #expect(!expected.explanation.english.isEmpty && !expected.explanation.korean.isEmpty)
    }
  }

  @Test("reads the form of a configuration file, with dotted names and conditions")
  func configuration() throws {
    let space = try SearchSpace(
      configuration: [
        "optimizer": [
          "kind": ["choice": ["adamW", "sgd"]],
          "learningRate": ["logUniform": ["1e-5", 0.1]],
          "momentum": ["uniform": [0, 0.99], "when": ["optimizer.kind": "sgd"]],
        ],
        "model": ["width": ["integer": [16, 256], "log": true, "step": 16]],
        "epochs": 5,
      ])
    #expect(
      space.parameter("optimizer.learningRate")?.distribution
        == .float(low: 1e-5, high: 0.1, scale: .log))
    #expect(
      space.parameter("model.width")?.distribution
        == .integer(low: 16, high: 256, scale: .log, step: 16))
    #expect(space.parameter("epochs")?.distribution == .fixed(5))
    #expect(
      space.parameter("optimizer.momentum")?.conditions
        == [Condition(parameter: "optimizer.kind", values: ["sgd"])])
  }

  @Test("names the place of what it does not understand")
  func misspelt() {
    let cases: [(ConfigurationValue, String)] = [
      (["a": ["logUnifrm": [1, 2]]], "logUniform"),
      (["a": ["uniform": [1]]], "[low, high]"),
      (["a": ["uniform": [1, 2], "stpe": 1]], "step"),
      (["a": ["integer": [1, 2.5]]], "whole"),
      (["a": [1, 2]], "choice"),
      ([1, 2], "map"),
    ]
    for (value, hint) in cases {
      let error = #expect(throws: SearchError.self) { try SearchSpace(configuration: value) }
      #expect(error?.explanation.english.contains(hint) == true, "\(hint)")
    }
  }

  @Test("comes back from JSON as it was")
  func json() throws {
    let space = try SearchSpace(
      [
        .float("r", 1e-5...1e-1, scale: .log), .float("d", 0...0.5, step: 0.1),
        .integer("n", 1...9, step: 2), .choice("o", ["a", "b"]), .bool("f"), .fixed("x", 3),
        .float("m", 0.5...0.99, scale: .logit).when("o", is: "b").wasBefore(0.9),
      ], version: 4)
    let text = try CanonicalJSON.string(space)
    #expect(try CanonicalJSON.decode(SearchSpace.self, from: text) == space)
  }

  @Test("only what conditions leave is active, through several levels")
  func conditions() throws {
    let space = try SearchSpace([
      .bool("a"), .bool("b").when("a", is: true), .integer("c", 1...3).when("b", is: true),
    ])
    let all: [String: HyperparameterValue] = ["a": false, "b": true, "c": 2]
    #expect(space.active(all) == ["a": false])
    #expect(space.active(all.merging(["a": true]) { $1 }).count == 3)
  }

  @Test("every step and every choice has its value, also on a log scale")
  func axes() {
    let widths = Axis(.integer(low: 16, high: 256, scale: .log, step: 16))
    var seen: Set<HyperparameterValue> = []
    for index in 0..<4000 { seen.insert(widths.value(atFraction: Double(index) / 3999)) }
    #expect(seen.count == 16)
    let rates = Axis(.float(low: 0.001, high: 1, scale: .log, step: nil))
    #expect(abs((rates.value(atFraction: 1.0 / 3).number ?? 0) - 0.01) < 1e-12)
    let tenths = Axis(.float(low: 0, high: 0.5, step: 0.1))
    #expect(tenths.value(atFraction: 1) == .number(0.5))
    for value in [0.0, 0.1, 0.2, 0.30000000000000004] {
      let coded = tenths.encoded(.number(value)) ?? .nan
      #expect(abs((tenths.decoded(coded).number ?? 9) - value) < 1e-12)
    }
  }

  @Test("a changed space keeps kinds and gives earlier trials what they had")
  func growth() throws {
    let old = try SearchSpace([.choice("o", ["a"]), .float("r", 0...1)])
    #expect(throws: SearchError.incompatibleChange(parameter: "r")) {
      try old.changed(to: [.choice("r", ["x"])])
    }
    let new = try old.changed(to: [
      .choice("o", ["a", "b"]), .float("r", 0...2), .float("d", 0...1).wasBefore(0.25),
    ])
    #expect(new.version == 2)
    let trial = TrialRecord(number: 0, parameters: ["o": "a", "r": 0.5])
    #expect(new.remapped(trial).parameters == ["o": "a", "r": 0.5, "d": 0.25])
  }

  @Test("names and values of a point are checked")
  func points() throws {
    let space = try SearchSpace([.float("rate", 0...1), .integer("n", 0...10, step: 2)])
    #expect(try space.checked(["rate": 1, "n": 4.0]) == ["rate": 1.0, "n": 4])
    #expect(throws: SearchError.unknownParameter("rat", nearest: "rate")) {
      try space.checked(["rat": 1])
    }
    #expect(throws: SearchError.invalidValue(parameter: "n", value: "3")) {
      try space.checked(["n": 3])
    }
  }

  @Test("a configuration with ranges in it is divided into the space and the rest")
  func divided() throws {
    let layers: ConfigurationValue = [
      "flatten", ["linear": ["outputs": ["integer": [16, 64]]]], ["dropout": 0.5],
    ]
    let divided = try SearchSpace.divided([
      "optimizer": ["kind": "adamW", "betas": [0.9, 0.99], "learningRate": ["uniform": [0, 1]]],
      "model": ["layers": layers, "initializer": ["uniform": ["low": -1]]],
    ])
    #expect(
      divided.space.parameters.map(\.name) == [
        "model.layers[1].linear.outputs", "optimizer.learningRate",
      ])
    #expect(
      divided.settings == [
        "optimizer.kind": "adamW", "optimizer.betas": [0.9, 0.99],
        "model.initializer": ["uniform": ["low": -1]], "model.layers[0]": "flatten",
        "model.layers[2]": ["dropout": 0.5],
      ])
    #expect(throws: SearchError.emptySpace) { try SearchSpace.divided(["optimizer": "sgd"]) }
    #expect(throws: SearchError.self) {
      try SearchSpace.divided(["optimizer": ["learningRate": ["logUnifrom": [0.1, 1]]]])
    }
  }
}
