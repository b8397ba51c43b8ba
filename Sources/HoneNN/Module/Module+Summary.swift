import HoneTensor

extension Module {
  /// A table of the modules that hold parameters of their own: path, kind, shapes, count; the total
  /// last.
  public var summary: String {
    var rows: [[String]] = [["name", "kind", "shapes", "parameters"]]
    for (name, module) in namedModules {
      let own = module.children.compactMap { child -> Parameter? in
        if case .parameter(let parameter) = child.content { parameter } else { nil }
      }
      if own.isEmpty { continue }
      rows.append([
        name.isEmpty ? "(model)" : name, ModuleWalker.typeName(of: module),
        own.map { "\($0.shape)" }.joined(separator: " "),
        "\(own.reduce(0) { $0 + $1.value.count })",
      ])
    }
    rows.append(["total", "", "", "\(parameters.reduce(0) { $0 + $1.value.count })"])
    return aligned(rows)
  }
}

private func aligned(_ rows: [[String]]) -> String {
  let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
  return rows.map { row in
    var line = ""
    for (column, cell) in row.enumerated() {
      let padding = String(repeating: " ", count: widths[column] - cell.count)
      line += column == 3 ? padding + cell : cell + padding + "  "
    }
    return line
  }.joined(separator: "\n") + "\n"
}
