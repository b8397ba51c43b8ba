import HoneText
import Testing

struct TextTableTests {
  @Test("columns line up, words lead and numbers trail")
  func alignment() {
    var table = TextTable([.init("remedy"), .init("effect", alignment: .trailing)])
    table.add(["dropout", "+1.2%"])
    table.add(["widen", "-0.3%"])
    #expect(
      table.text == """
        remedy   effect
        -------  ------
        dropout   +1.2%
        widen     -0.3%
        """)
  }

  @Test("Korean lines up by the columns it takes on a terminal")
  func korean() {
    var table = TextTable([.init("처방"), .init("효과", alignment: .trailing)])
    table.add(["드롭아웃", "+1.2%"])
    table.add(["a", "0"])
    let widths = table.text.split(separator: "\n").map(\.displayWidth)
    #expect(widths == [15, 15, 15, 15])
  }

  @Test("no line ends in blanks and cells stay on one line")
  func blanks() {
    var table = TextTable([.init("a"), .init("longer")])
    table.add(["x", "two\nlines"])
    table.add(["y", ""])
    #expect(table.text.split(separator: "\n").allSatisfy { $0.last != " " })
    #expect(table.text.split(separator: "\n").count == 4)
  }

  @Test("a bounded column cuts longer texts")
  func bounded() {
    var table = TextTable([.init("name", maximumWidth: 6)])
    table.add(["a-very-long-name"])
    #expect(table.text == "name\n------\na-ver…")
  }

  @Test("a row of the wrong length stops the program with a sentence")
  func wrongRow() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      var table = TextTable([.init("a")])
      table.add(["x", "y"])
    }
    let message = result.map { String(decoding: $0.standardErrorContent, as: UTF8.self) }
    #expect(message?.contains("1 columns got a row of 2") == true)
  }
}
