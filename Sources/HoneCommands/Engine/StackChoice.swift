/// How many trials of one make-up a worker trains as one computation.
public enum StackChoice: Sendable, Equatable {
  /// One after another.
  case off
  /// As many as were measured to be fastest when the study was made.
  case automatic
  /// So many, at most.
  case count(Int)
}
