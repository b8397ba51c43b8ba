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
  /// White to blue, for counts.
  public static let counts = [
    ColorStop(0, "rgba(0,114,178,0.03)"), ColorStop(0.05, "rgba(0,114,178,0.14)"),
    ColorStop(1, "rgba(0,114,178,0.95)"),
  ]
}
