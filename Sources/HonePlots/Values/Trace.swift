/// One series of a figure, with the attributes of Plotly.js that Hone uses.
///
/// Nil leaves Plotly's default.
public struct Trace: Sendable, Codable, Equatable {
  /// The kinds of series that Hone draws.
  public enum Kind: String, Sendable, Codable { case scatter, bar, heatmap }

  /// The kind of series.
  public var type: Kind
  /// The name in the legend.
  public var name: String?
  /// Positions along the horizontal axis.
  public var x: Coordinates?
  /// Positions along the vertical axis.
  public var y: Coordinates?
  /// Cells of a heatmap, by row; nil leaves one open.
  public var z: [[Double?]]?
  /// `lines`, `markers`, or both joined by `+`.
  public var mode: String?
  /// The line's look.
  public var line: Line?
  /// The markers' look.
  public var marker: Marker?
  /// Bars of uncertainty along the horizontal axis.
  public var errorX: ErrorBars?
  /// `toself` closes a band.
  public var fill: String?
  /// The band's colour.
  public var fillColor: String?
  /// Text for each point or cell.
  public var text: Coordinates?
  /// What the pointer shows of each cell of a heatmap.
  public var cellText: [[String]]?
  /// What stands in each cell or bar, in Plotly's template language.
  public var textTemplate: String?
  /// What the pointer shows, in Plotly's template language.
  public var hoverTemplate: String?
  /// `skip` for series that the pointer ignores.
  public var hoverInfo: String?
  /// `h` for bars that lie.
  public var orientation: String?
  /// Whether a heatmap takes its colours from the theme.
  public var autoColorScale: Bool?
  /// The value at the start of the colours.
  public var zMinimum: Double?
  /// The value at their end.
  public var zMaximum: Double?
  /// Whether a heatmap's colours run from its largest value to its smallest.
  public var reverseScale: Bool?
  /// Whether a heatmap shows its scale.
  public var showScale: Bool?
  /// Whether the legend lists the series.
  public var showLegend: Bool?
  /// Series that the legend switches together.
  public var legendGroup: String?

  /// A series of a kind; set the rest by name.
  public init(_ type: Kind, name: String? = nil, x: Coordinates? = nil, y: Coordinates? = nil) {
    self.type = type
    self.name = name
    self.x = x
    self.y = y
  }

  private enum CodingKeys: String, CodingKey {
    case type, name, x, y, z, mode, line, marker, fill, text, orientation
    case errorX = "error_x"
    case fillColor = "fillcolor"
    case cellText = "customdata"
    case textTemplate = "texttemplate"
    case hoverTemplate = "hovertemplate"
    case hoverInfo = "hoverinfo"
    case autoColorScale = "autocolorscale"
    case reverseScale = "reversescale"
    case zMinimum = "zmin"
    case zMaximum = "zmax"
    case showScale = "showscale"
    case showLegend = "showlegend"
    case legendGroup = "legendgroup"
  }
}
