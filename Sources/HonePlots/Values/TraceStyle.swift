/// The look of a line.
public struct Line: Sendable, Codable, Equatable {
  /// The colour, as CSS writes it.
  public var color: String?
  /// Pixels.
  public var width: Double?
  /// `solid`, `dot`, `dash`.
  public var dash: String?

  /// A line.
  public init(color: String? = nil, width: Double? = nil, dash: String? = nil) {
    self.color = color
    self.width = width
    self.dash = dash
  }
}

/// The look of points or bars.
public struct Marker: Sendable, Codable, Equatable {
  /// The colour, as CSS writes it.
  public var color: String?
  /// Pixels.
  public var size: Double?
  /// Plotly's name of the shape.
  public var symbol: String?
  /// The outline.
  public var line: Line?

  /// A marker.
  public init(
    color: String? = nil, size: Double? = nil, symbol: String? = nil, line: Line? = nil
  ) {
    self.color = color
    self.size = size
    self.symbol = symbol
    self.line = line
  }
}

/// Uncertainty on both sides of points.
public struct ErrorBars: Sendable, Codable, Equatable {
  /// Lengths upwards.
  public var array: [Double]
  /// Lengths downwards.
  public var arrayminus: [Double]
  /// The colour.
  public var color: String?
  /// Pixels.
  public var thickness: Double?
  /// Half the length of the end marks, in pixels.
  public var width: Double?
  /// Always data.
  public var type = "data"
  /// Whether the two sides differ.
  public var symmetric = false

  /// Bars of given lengths.
  public init(upper: [Double], lower: [Double], color: String, thickness: Double, width: Double) {
    array = upper
    arrayminus = lower
    self.color = color
    self.thickness = thickness
    self.width = width
  }
}

/// One stop of a colour scale.
public struct ColorStop: Sendable, Codable, Equatable {
  /// 0...1.
  public var position: Double
  /// The colour, as CSS writes it.
  public var color: String

  /// A stop.
  public init(_ position: Double, _ color: String) {
    self.position = position
    self.color = color
  }

  /// Reads Plotly's pair.
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    position = try container.decode(Double.self)
    color = try container.decode(String.self)
  }

  /// Writes Plotly's pair.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(position)
    try container.encode(color)
  }
}
