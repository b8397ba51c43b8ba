/// How samples are drawn into splits.
public enum SplitMethod: String, Sendable, Codable, CaseIterable {
  /// At random, each class (or tenth of the targets) in proportion.
  case stratified
  /// At random.
  case shuffled
  /// By time: what comes later judges what was learned from what came before.
  ///
  /// Samples without times are taken in their order. Samples of one moment stay together; so do
  /// groups, which stand where their last sample does.
  case chronological
}
