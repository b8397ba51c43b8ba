/// One axis of a figure.
public struct Axis: Sendable, Codable, Equatable {
  /// The words beside the axis.
  public var title: Title?
  /// `log` or `category`; nil is linear.
  public var type: String?
  /// How numbers are written, in d3's format language.
  public var tickformat: String?
  /// The ends of the axis.
  public var range: [Double]?
  /// `tozero`, or nil.
  public var rangemode: String?
  /// `reversed` for lists that read from the top.
  public var autorange: String?
  /// The order of categories.
  public var categoryarray: [String]?
  /// Whether the axis grows until its labels fit.
  public var automargin = true
  /// Whether a line marks zero.
  public var zeroline = false
  /// Whether lines cross the figure.
  public var showgrid: Bool?
  /// The side on which labels stand.
  public var side: String?
  /// The smallest step between labels.
  public var dtick: Double?
  /// The axis whose scale this one shares.
  public var scaleanchor: String?
  /// `domain` shrinks the axis where scales are shared.
  public var constrain: String?
  /// The side to which a shrunk axis moves.
  public var constraintoward: String?

  /// An axis with a title.
  public init(
    _ title: String? = nil, type: String? = nil, tickformat: String? = nil,
    range: [Double]? = nil
  ) {
    self.title = title.map { Title(text: $0) }
    self.type = type
    self.tickformat = tickformat
    self.range = range
  }

  /// The words beside an axis.
  public struct Title: Sendable, Codable, Equatable {
    /// The words.
    public var text: String
  }
}
