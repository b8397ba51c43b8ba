/// Colours that people with any common colour vision tell apart (Okabe and Ito 2008), restricted to
/// those with a contrast of at least 3 on white and on the dark page.
public enum Palette {
  /// Validation, and the final model.
  public static let blue = "#0072B2"
  /// Training, and rejected remedies.
  public static let vermillion = "#D55E00"
  /// What was kept.
  public static let green = "#009E73"
  /// A fourth series.
  public static let purple = "#CC79A7"
  /// The baseline, and what stays undecided.
  public static let gray = "#8A8F98"
  /// A translucent blue for bands.
  public static let blueBand = "rgba(0,114,178,0.16)"
  /// Page to blue, for shares on a white page.
  static let lightShares = [
    ColorStop(0, "#F7F9FC"), ColorStop(0.02, "#DCEBF6"), ColorStop(0.3, "#7FB6DA"),
    ColorStop(1, blue),
  ]
  /// Page to blue, for shares on a dark page.
  static let darkShares = [
    ColorStop(0, "#1B2129"), ColorStop(0.02, "#1D3A52"), ColorStop(0.3, "#24628F"),
    ColorStop(1, "#56B4E9"),
  ]
  /// What stands for a colour on a dark page: the palette's own lighter blue.
  static let onDark = [blue: "#56B4E9", blueBand: "rgba(86,180,233,0.20)"]
}
