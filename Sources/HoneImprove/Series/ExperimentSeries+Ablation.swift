import HoneRecords

extension ExperimentSeries {
  /// Leaves each part of what was kept out of it, judged as the remedies were.
  ///
  /// It tells what mattered and
  /// changes nothing.
  func makeAblation() throws {
    for (name, change) in reduced() {
      guard secondsLeft > proofSeconds else { return }
      guard let arm = try proofArm(change, name: "without \(name)", purpose: .proof),
        arm.seeds >= 2
      else { continue }
      var record = record(name, compare(arm, control, level: 0.95), seconds: arm.seconds)
      record.change = base.filter { change[$0.key] != $0.value }
      outcome.ablation.append(record)
      try observe(.ablated(record))
    }
  }

  /// The kept changes with one part left out each: a remedy where several were kept, the keys of one
  /// section where it was one remedy.
  private func reduced() -> [(name: String, change: RecipeChange)] {
    if kept.count > 1 {
      return kept.indices.compactMap { out in
        var change: RecipeChange? = [:]
        for (index, rung) in kept.enumerated() where index != out {
          guard let present = change else { break }
          change = adding(rung, to: present) ?? present
        }
        guard let change, change != base else { return nil }
        return (kept[out].remedy.id, change)
      }
    }
    let sections = Set(base.keys.map { String($0.prefix { $0 != "." }) }).sorted()
    guard sections.count > 1 else { return [] }
    return sections.compactMap { section in
      let change = base.filter { !$0.key.hasPrefix(section) }
      return subject.configuration(with: change) == nil ? nil : (section, change)
    }
  }
}
