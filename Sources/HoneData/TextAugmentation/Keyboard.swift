/// Which keys lie beside which.
enum Keyboard {
  /// The rows of a QWERTY keyboard with the distance of their first key from the left, in keys.
  private static let rows: [(keys: String, shifted: String, start: Double)] = [
    ("1234567890", "!@#$%^&*()", 0), ("qwertyuiop", "QWERTYUIOP", 0.5),
    ("asdfghjkl", "ASDFGHJKL", 0.75), ("zxcvbnm", "ZXCVBNM", 1.25),
  ]
  /// Beyond this the middle of a key is not beside another's: the keys around, and no second ones.
  private static let reach = 1.5

  /// The neighbours of each ASCII character, with shift where it has shift; empty where it has none.
  static let neighbors: [[UInt8]] = {
    var table = [[UInt8]](repeating: [], count: 128)
    for (row, line) in rows.enumerated() {
      for keys in [line.keys, line.shifted] {
        for (column, key) in keys.utf8.enumerated() {
          table[Int(key)] = beside(
            row: row, x: line.start + Double(column), isShifted: keys == line.shifted, not: key)
        }
      }
    }
    return table
  }()

  /// The neighbours of the keys of Hangul: letters alone, with shift where that gives a jamo.
  static let hangulNeighbors: [[UInt8]] = neighbors.map { keys in
    let letters = keys.filter { (0x41...0x5A).contains($0 & 0x5F) }
    return letters.map { TwoSetKeyboard.hasJamo($0) ? $0 : $0 | 0x20 }
  }

  private static func beside(row: Int, x: Double, isShifted: Bool, not key: UInt8) -> [UInt8] {
    var found: [UInt8] = []
    for (other, line) in rows.enumerated() where abs(other - row) <= 1 {
      for (column, candidate) in (isShifted ? line.shifted : line.keys).utf8.enumerated() {
        let across = line.start + Double(column) - x
        let down = Double(other - row)
        if candidate != key, across * across + down * down < reach * reach {
          found.append(candidate)
        }
      }
    }
    return found
  }
}
