import Foundation
import HoneRecords
import HoneText
import Testing

struct CanonicalJSONTests {
  private struct Sample: Codable, Equatable {
    var zeta: Double
    var alphaPath: String
    var when: Date
  }

  private func sample(_ value: Double, seconds: Double = 1_795_250_712) -> Sample {
    Sample(zeta: value, alphaPath: "a/b", when: Date(timeIntervalSince1970: seconds))
  }

  @Test("keys are sorted, slashes plain, dates ISO 8601")
  func form() throws {
    #expect(
      try CanonicalJSON.string(sample(0.5))
        == #"{"alphaPath":"a/b","when":"2026-11-21T08:45:12Z","zeta":0.5}"#)
  }

  @Test("numbers that JSON lacks are words", arguments: ["nan", "inf", "-inf"])
  func nonFinite(word: String) throws {
    let value = try #require(Double(word))
    let text = try CanonicalJSON.string(sample(value))
    #expect(text.contains(#""zeta":"\#(word)""#))
    let back = try CanonicalJSON.decode(Sample.self, from: text)
    #expect(back.zeta == value || back.zeta.isNaN && value.isNaN)
  }

  @Test(
    "every double comes back bit by bit",
    arguments: [0.1, 1e-300, -0.0, .pi, 1e22, .leastNonzeroMagnitude])
  func exact(value: Double) throws {
    let data = try CanonicalJSON.encode(sample(value))
    let back = try CanonicalJSON.decode(Sample.self, from: data)
    #expect(back.zeta == value)
  }

  @Test("dates keep their milliseconds, and writing what was read changes nothing")
  func milliseconds() throws {
    for thousandths in 0..<1000 {
      let date = sample(0, seconds: 1_795_250_712 + Double(thousandths) / 1000)
      let text = try CanonicalJSON.string(date)
      let back = try CanonicalJSON.decode(Sample.self, from: text)
      #expect(abs(back.when.timeIntervalSince(date.when)) < 0.0005)
      #expect(try CanonicalJSON.string(back) == text)
    }
  }

  @Test("dates before 1970 keep their milliseconds")
  func beforeEpoch() throws {
    let text = try CanonicalJSON.string(sample(0, seconds: -1.25))
    #expect(text.contains("1969-12-31T23:59:58.750Z"))
  }

  @Test("a date in no known form is an error")
  func wrongDate() {
    #expect(throws: DecodingError.self) {
      try CanonicalJSON.decode(Sample.self, from: #"{"alphaPath":"","when":"today","zeta":0}"#)
    }
  }

  @Test("the pretty form reads the same")
  func pretty() throws {
    let text = try CanonicalJSON.string(sample(2), isPretty: true)
    #expect(text.contains("\n"))
    #expect(try CanonicalJSON.decode(Sample.self, from: text) == sample(2))
  }

  @Test("a configuration that says inf as a word keeps the word")
  func wordsInConfigurations() throws {
    let value: ConfigurationValue = [
      "target": "inf", "rate": 0.5, "epochs": 3, "nothing": nil, "flag": true, "list": [1, "nan"],
    ]
    let data = try CanonicalJSON.encode(value)
    #expect(try CanonicalJSON.decode(ConfigurationValue.self, from: data) == value)
  }
}
