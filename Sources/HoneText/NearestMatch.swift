/// The candidate that the user most likely meant, or nil where none is close.
///
/// Closeness is the Damerau-Levenshtein distance (optimal string alignment) of the lowercased
/// words; a candidate counts as close within a third of the word's length, at least two edits.
public func nearestMatch(to word: String, among candidates: some Sequence<String>) -> String? {
  let limit = max(2, word.count / 3)
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(Array(word.lowercased()), Array(candidate.lowercased()))
    if distance <= limit, distance < (best?.distance ?? .max) { best = (candidate, distance) }
  }
  return best?.candidate
}

private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
  if first.isEmpty || second.isEmpty { return max(first.count, second.count) }
  var rows = [Array(0...second.count)]
  for i in 1...first.count {
    var row = [i]
    for j in 1...second.count {
      let substitution = rows[i - 1][j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1)
      var cost = min(substitution, rows[i - 1][j] + 1, row[j - 1] + 1)
      if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
        cost = min(cost, rows[i - 2][j - 2] + 1)
      }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[first.count][second.count]
}
