import Testing

@testable import HoneData

struct TextEditsTests {
  private let text = "Ann lives in New York."

  private func part(_ text: String, _ range: Range<Int>) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  @Test("a span follows what is inserted, deleted and replaced around and within it")
  func spans() {
    let edits = TextEdits(steps: [
      [
        TextChange(0..<0, to: "Well, "), TextChange(4..<9, to: "dwells"),
        TextChange(17..<17, to: "old "),
      ],
      [TextChange(0..<6, to: "")],
    ])
    let new = edits.applied(to: text)
    #expect(new == "Ann dwells in New old York.")
    #expect(edits.range(of: 13..<21).map { part(new, $0) } == "New old York")
    #expect(edits.range(of: 0..<3).map { part(new, $0) } == "Ann")
    #expect(edits.range(of: 4..<9).map { part(new, $0) } == "dwells")
    #expect(edits.range(of: 17..<21).map { part(new, $0) } == "York")
  }

  @Test("a deleted span is gone, a partly deleted one is what is left of it")
  func deletions() {
    let edits = TextEdits(steps: [[TextChange(16..<21, to: "")]])
    #expect(edits.applied(to: text) == "Ann lives in New.")
    #expect(edits.range(of: 17..<21) == nil)
    #expect(edits.range(of: 13..<21) == 13..<16)
  }

  @Test("a word that moved is found where it went")
  func moves() {
    // "lives" and "in" change places.
    let edits = TextEdits(steps: [
      [TextChange(4..<9, to: "in", from: 10..<12), TextChange(10..<12, to: "lives", from: 4..<9)]
    ])
    let new = edits.applied(to: text)
    #expect(new == "Ann in lives New York.")
    #expect(edits.range(of: 4..<9).map { part(new, $0) } == "lives")
    #expect(edits.range(of: 10..<12).map { part(new, $0) } == "in")
    // The space between stays in its place, so the three parts are one again.
    #expect(edits.ranges(of: 4..<12) == [4..<12])
    #expect(edits.range(of: 13..<21) == 13..<21)
  }

  @Test("token labels follow their words, and new words have none")
  func labels() {
    let old = [0..<3, 4..<9, 10..<12, 13..<16, 17..<21, 21..<22]
    let edits = TextEdits(steps: [
      [
        TextChange(3..<9, to: ""), TextChange(13..<13, to: "sunny "),
        TextChange(13..<16, to: "York", from: 17..<21),
        TextChange(17..<21, to: "New", from: 13..<16),
      ]
    ])
    let new = edits.applied(to: text)
    #expect(new == "Ann in sunny York New.")
    let tokens = TextPiece.pieces(of: Array(new.utf8)).map(\.range)
    let labels = edits.labels(
      ["PER", "O", "O", "B-LOC", "I-LOC", "O"], of: old, in: tokens, outside: "O")
    #expect(labels == ["PER", "O", "O", "I-LOC", "B-LOC", "O"])
  }

  @Test("no edits leave everything in place")
  func identity() {
    let edits = TextEdits()
    #expect(edits.isEmpty && edits.applied(to: text) == text)
    #expect(edits.range(of: 3..<7) == 3..<7)
  }
}
