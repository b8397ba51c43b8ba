/// Axes, size and marks of a figure.
public struct FigureLayout: Sendable, Codable, Equatable {
  /// The horizontal axis.
  public var xaxis: Axis
  /// The vertical axis.
  public var yaxis: Axis
  /// Pixels.
  public var height: Double?
  /// Lines that mark a value.
  public var shapes: [Shape]?
  /// Words beside marks.
  public var annotations: [Annotation]?
  /// How the pointer picks points: `x unified`, `closest`.
  public var hovermode: String?
  /// Whether there is a legend.
  public var showlegend: Bool?
  /// Space around the axes, in pixels.
  public var margin: Margin

  /// A layout of two axes.
  public init(
    xaxis: Axis, yaxis: Axis, height: Double? = nil, shapes: [Shape]? = nil,
    annotations: [Annotation]? = nil, hovermode: String? = nil, showlegend: Bool? = nil,
    margin: Margin = Margin()
  ) {
    self.xaxis = xaxis
    self.yaxis = yaxis
    self.height = height
    self.shapes = shapes
    self.annotations = annotations
    self.hovermode = hovermode
    self.showlegend = showlegend
    self.margin = margin
  }

  /// Space around the axes, in pixels; axes take more where their labels need it.
  public struct Margin: Sendable, Codable, Equatable {
    /// Left.
    public var l: Double = 8
    /// Right.
    public var r: Double = 12
    /// Top.
    public var t: Double = 28
    /// Bottom.
    public var b: Double = 8

    /// The usual space.
    public init() {}
  }

  /// A straight line between two points of the axes.
  public struct Shape: Sendable, Codable, Equatable {
    /// Always a line.
    public var type = "line"
    /// `x`, or `paper` for fractions of the width.
    public var xref: String
    /// `y`, or `paper` for fractions of the height.
    public var yref: String
    /// The start's position.
    public var x0: Double
    /// The end's position.
    public var x1: Double
    /// The start's height.
    public var y0: Double
    /// The end's height.
    public var y1: Double
    /// The line's look.
    public var line: Line
    /// Whether it lies under the series.
    public var layer = "below"

    /// A line across the whole height at a position of the horizontal axis.
    public static func vertical(at x: Double, line: Line) -> Shape {
      Shape(xref: "x", yref: "paper", x0: x, x1: x, y0: 0, y1: 1, line: line)
    }

    /// A line between two points of the axes.
    public static func segment(
      from start: (x: Double, y: Double), to end: (x: Double, y: Double), line: Line
    ) -> Shape {
      Shape(xref: "x", yref: "y", x0: start.x, x1: end.x, y0: start.y, y1: end.y, line: line)
    }
  }

  /// Words at a point.
  public struct Annotation: Sendable, Codable, Equatable {
    /// The words.
    public var text: String
    /// The position along the horizontal axis.
    public var x: Double
    /// The height: 1 is the top.
    public var y: Double
    /// `x`.
    public var xref = "x"
    /// `paper`.
    public var yref = "paper"
    /// Whether an arrow points to the place.
    public var showarrow = false
    /// The side of the words that lies at the position.
    public var xanchor: String
    /// The edge of the words that lies at the height.
    public var yanchor = "top"

    /// Words at the top of the figure.
    public init(_ text: String, atTop x: Double, anchor: String = "left") {
      self.text = text
      self.x = x
      y = 1
      xanchor = anchor
    }
  }
}
