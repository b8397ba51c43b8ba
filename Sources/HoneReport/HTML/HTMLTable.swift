/// A table with a heading row; the first column names the row where `hasRowHeadings`.
struct HTMLTable {
  /// A column's heading, and whether it holds numbers.
  struct Column {
    var title: String
    var isNumber: Bool

    init(_ title: String, isNumber: Bool = false) {
      self.title = title
      self.isNumber = isNumber
    }
  }

  var caption: String?
  var columns: [Column]
  var rows: [[HTML]] = []
  var hasRowHeadings = true

  /// A table of columns without rows.
  init(_ columns: [Column], caption: String? = nil) {
    self.columns = columns
    self.caption = caption
  }

  /// The table in a box that scrolls sideways where the page is narrow.
  var html: HTML {
    let heads = columns.map { column in
      HTML.tag(
        "th", column.isNumber ? "number" : nil, [("scope", "col")], [.text(column.title)])
    }
    let body = rows.map { row in
      HTML.tag(
        "tr", nil, [],
        row.enumerated().map { index, cell in
          let isHeading = index == 0 && hasRowHeadings
          return HTML.tag(
            isHeading ? "th" : "td", columns[index].isNumber ? "number" : nil,
            isHeading ? [("scope", "row")] : [], [cell])
        })
    }
    var children: [HTML] = []
    if let caption { children.append(.tag("caption", text: caption)) }
    children.append(.tag("thead", nil, [], [.tag("tr", nil, [], heads)]))
    children.append(.tag("tbody", nil, [], body))
    return .tag(
      "div", "scroll", [("tabindex", "0")], [.tag("table", nil, [], children)])
  }
}
