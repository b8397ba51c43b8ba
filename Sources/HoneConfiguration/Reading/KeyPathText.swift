/// A key path taken apart: `model.layers[2].linear` is `model`, `layers`, element 2, `linear`.
struct KeyPathText {
  enum Step: Equatable {
    case key(String)
    case element(Int)
  }

  let steps: [Step]

  init(_ text: String) {
    var steps: [Step] = []
    for part in text.split(separator: ".", omittingEmptySubsequences: false) {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      if let name = pieces.first, !name.isEmpty || pieces.count == 1 {
        steps.append(.key(String(name)))
      }
      for piece in pieces.dropFirst() {
        if piece.last == "]", let index = Int(piece.dropLast()), index >= 0 {
          steps.append(.element(index))
        } else {
          steps.append(.key("[" + piece))
        }
      }
    }
    self.steps = steps
  }
}
