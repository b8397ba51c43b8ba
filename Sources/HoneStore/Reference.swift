import HoneText

/// One thing that a reference can mean, newest first in lists.
struct Referable: Equatable {
  var id: String
  var name: String?
  /// Whether it belongs to something larger and is hidden in lists.
  var isPart: Bool
}

/// What the user means by an id, a unique beginning of one, a name (the newest of it), or `last`
/// (the newest that is part of nothing, or the newest where all are).
func resolve(
  _ reference: String, among candidates: [Referable], as subject: StoreError.Subject
) throws(StoreError) -> String {
  if candidates.contains(where: { $0.id == reference }) { return reference }
  if reference == "last" {
    if let newest = candidates.first(where: { !$0.isPart }) ?? candidates.first {
      return newest.id
    }
  }
  let beginning = reference.isEmpty ? [] : candidates.filter { $0.id.hasPrefix(reference) }
  if beginning.count == 1 { return beginning[0].id }
  if let named = candidates.first(where: { $0.name == reference && !reference.isEmpty }) {
    return named.id
  }
  if beginning.count > 1 {
    throw .ambiguous(
      subject, reference: reference, candidates: beginning.prefix(5).map(\.id),
      count: beginning.count)
  }
  throw .notFound(subject, reference: reference, nearest: nearest(to: reference, candidates))
}

/// The closest id or name, or the three newest where nothing is close.
private func nearest(to reference: String, _ candidates: [Referable]) -> [String] {
  let words = candidates.map(\.id) + candidates.compactMap(\.name)
  if let match = nearestMatch(to: reference, among: words) { return [match] }
  return candidates.prefix(3).map { candidate in
    candidate.name.map { "\(candidate.id) (\($0))" } ?? candidate.id
  }
}

/// The error for an exact id that is not there.
func missingRun(_ id: String, among candidates: [Referable]) -> StoreError {
  .notFound(.run, reference: id, nearest: nearest(to: id, candidates))
}
