public import HoneText

extension RunRecord {
  /// Why the run ended, for runs that did not complete, in the languages that it was written in.
  public var ending: Localized? {
    get { outcome.map { Localized($0, korean: outcomeInKorean ?? $0) } }
    set {
      outcome = newValue?.english
      outcomeInKorean = newValue?.korean
    }
  }
}
