/// What a figure takes from the page it stands on: colours of text, grid and background, and fonts.
public struct FigureTheme: Sendable, Codable, Equatable {
  /// Plotly's wrapper of layout defaults.
  public var layout: Defaults
  /// Colours of series that the page's background asks to replace.
  public var replacements: [String: String]

  /// The defaults of every figure on the page.
  public struct Defaults: Sendable, Codable, Equatable {
    /// Outside the axes: see-through.
    public var paperColor = "rgba(0,0,0,0)"
    /// Inside the axes: see-through.
    public var plotColor = "rgba(0,0,0,0)"
    /// Words.
    public var font: Font
    /// The horizontal axis.
    public var xaxis: AxisColors
    /// The vertical axis.
    public var yaxis: AxisColors
    /// Where the legend stands.
    public var legend = Legend()
    /// The box at the pointer.
    public var hoverlabel: HoverLabel
    /// The colours of heatmaps.
    public var colorscale: Scales
    /// The buttons above the figure.
    public var modebar: ModeBar

    private enum CodingKeys: String, CodingKey {
      case font, xaxis, yaxis, legend, hoverlabel, modebar, colorscale
      case paperColor = "paper_bgcolor"
      case plotColor = "plot_bgcolor"
    }
  }

  /// A font.
  public struct Font: Sendable, Codable, Equatable {
    /// CSS families.
    public var family: String
    /// Pixels.
    public var size: Double
    /// The colour.
    public var color: String
  }

  /// Colours of an axis.
  public struct AxisColors: Sendable, Codable, Equatable {
    /// Lines across the figure.
    public var gridcolor: String
    /// The axis itself.
    public var linecolor: String
    /// The line at zero.
    public var zerolinecolor: String
    /// Marks at the labels: none.
    public var ticks = ""
    /// The words beside the axis.
    public var title: Title
  }

  /// The look of an axis' title.
  public struct Title: Sendable, Codable, Equatable {
    /// Its font.
    public var font: Font
  }

  /// The legend, below the figure.
  public struct Legend: Sendable, Codable, Equatable {
    /// `h`: side by side.
    public var orientation = "h"
    /// What `y` measures: the whole figure.
    public var yref = "container"
    /// The height of its lower edge.
    public var y = 0.0
    /// The edge that `y` places.
    public var yanchor = "bottom"
    /// The left edge.
    public var x = 0.0
  }

  /// The buttons that appear above a figure at the pointer.
  public struct ModeBar: Sendable, Codable, Equatable {
    /// Behind the buttons: see-through.
    public var bgcolor = "rgba(0,0,0,0)"
    /// The buttons.
    public var color: String
    /// The button in use.
    public var activecolor: String
  }

  /// The colours of heatmaps.
  public struct Scales: Sendable, Codable, Equatable {
    /// From nothing to all.
    public var sequential: [ColorStop]
  }

  /// The box at the pointer.
  public struct HoverLabel: Sendable, Codable, Equatable {
    /// Its background.
    public var bgcolor: String
    /// Its frame.
    public var bordercolor: String
    /// Its words.
    public var font: Font
  }

  /// For a white page.
  public static func light(fontFamily: String) -> FigureTheme {
    theme(
      fontFamily, text: "#3A414C", grid: "#E6E8EC", line: "#AEB4BE", box: "#FFFFFF",
      shares: Palette.lightShares)
  }

  /// For a dark page.
  public static func dark(fontFamily: String) -> FigureTheme {
    theme(
      fontFamily, text: "#C3C9D4", grid: "#2A303A", line: "#5A6270", box: "#1B2027",
      shares: Palette.darkShares, replacements: Palette.onDark)
  }

  /// The theme as JSON that may stand inside a `<script>` element.
  public var json: String { FigureJSON.text(self) }

  private static func theme(
    _ family: String, text: String, grid: String, line: String, box: String,
    shares: [ColorStop], replacements: [String: String] = [:]
  ) -> FigureTheme {
    let font = Font(family: family, size: 13, color: text)
    let axis = AxisColors(
      gridcolor: grid, linecolor: line, zerolinecolor: line, title: Title(font: font))
    return FigureTheme(
      layout: Defaults(
        font: font, xaxis: axis, yaxis: axis,
        hoverlabel: HoverLabel(bgcolor: box, bordercolor: line, font: font),
        colorscale: Scales(sequential: shares),
        modebar: ModeBar(color: line, activecolor: text)), replacements: replacements)
  }
}
