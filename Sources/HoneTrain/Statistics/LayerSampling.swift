/// Which steps look into the layers.
///
/// The distance between them grows by half each time, so that a run of n steps has about
/// 2.5 ln(n) of them: dense at the start, where faults show, and a vanishing share of a long run. The
/// rule knows no clock, so the same run always samples the same steps.
package enum LayerSampling {
  /// The samples that a run keeps: the first three and the latest.
  static let kept = 16

  /// Whether the step of that number, from 1, is sampled.
  package static func isSampled(_ step: Int) -> Bool {
    var next = 1
    while next < step { next += max(1, next / 2) }
    return next == step
  }
}
