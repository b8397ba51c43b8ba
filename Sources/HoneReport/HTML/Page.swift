import HonePlots

/// Everything around the sections: head, styles, figures, scripts.
struct Page {
  var title: String
  var language: String
  var body: [HTML]
  var figures: [(id: String, figure: Figure)]
  /// Plotly's text; nil leaves the tables in place of the charts.
  var plotlySource: String?

  /// The whole file.
  var text: String {
    var parts: [HTML] = [.tag("main", nil, [], body)]
    if let plotlySource, !figures.isEmpty {
      parts.append(.verbatim(Page.script(figures, plotly: plotlySource)))
    }
    parts.append(.verbatim("<script>\(PageScript.copy)</script>\n"))
    let head: [HTML] = [
      .tag("meta", nil, [("charset", "utf-8")]),
      .tag(
        "meta", nil, [("name", "viewport"), ("content", "width=device-width, initial-scale=1")]),
      .tag("meta", nil, [("name", "color-scheme"), ("content", "light dark")]),
      .tag("meta", nil, [("name", "generator"), ("content", "Hone")]),
      .tag("title", text: title),
      .verbatim("<style>\(PageStyle.text)</style>\n"),
    ]
    let page = HTML.tag(
      "html", nil, [("lang", language)],
      [.tag("head", nil, [], head), .tag("body", nil, [], parts)])
    return "<!doctype html>\n" + page.rendered
  }

  private static func script(
    _ figures: [(id: String, figure: Figure)], plotly: String
  ) -> String {
    let entries = figures.map { "\"\($0.id)\":\($0.figure.json)" }.joined(separator: ",\n")
    let light = FigureTheme.light(fontFamily: PageStyle.fonts).json
    let dark = FigureTheme.dark(fontFamily: PageStyle.fonts).json
    // A script element ends at the first `</script`, wherever it stands.
    let library = plotly.replacing("</script", with: "<\\/script")
    return """
      <script>\(library)</script>
      <script>
      const honeFigures = {\(entries)};
      const honeThemes = {light: \(light), dark: \(dark)};
      \(PageScript.charts)
      </script>

      """
  }
}
