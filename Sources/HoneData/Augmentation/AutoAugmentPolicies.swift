import HoneRecords

/// The pairs of operations that AutoAugment learned (Cubuk et al. 2018, arXiv 1805.09501, appendix).
enum AutoAugmentPolicies {
  /// An operation of a pair: how often it acts, and which of ten magnitudes it has.
  struct Entry {
    let operation: PolicyOperation
    let probability: Double
    let bin: Int
  }

  /// The 25 pairs of a policy.
  static func pairs(_ policy: Augmentation.Policy) -> [[Entry]] {
    switch policy {
    case .imagenet: imagenet
    case .cifar10: cifar
    case .svhn: houseNumbers
    }
  }

  private static let letters: [Character: PolicyOperation] = [
    "p": .posterize, "r": .rotate, "s": .solarize, "a": .autocontrast, "e": .equalize,
    "c": .color, "n": .contrast, "i": .invert, "h": .sharpness, "b": .brightness, "x": .shearX,
    "y": .shearY, "u": .translateX, "v": .translateY,
  ]

  /// Reads pairs such as `p48+r69`: an operation's letter, tenths of probability (T for ten), magnitude.
  private static func read(_ text: String) -> [[Entry]] {
    text.split(separator: " ").map { pair in
      pair.split(separator: "+").compactMap { entry in
        let marks = Array(entry)
        guard marks.count == 3, let operation = letters[marks[0]],
          let bin = marks[2].wholeNumberValue
        else { return nil }
        let tenths = marks[1] == "T" ? 10 : marks[1].wholeNumberValue ?? 0
        return Entry(operation: operation, probability: Double(tenths) / 10, bin: bin)
      }
    }
  }

  private static let imagenet: [[Entry]] = read(
    """
    p48+r69 s65+a60 e80+e60 p67+p66 e40+s24 e40+r88 s63+e60 p85+eT0 r23+s68 e60+p46 r88+c40 \
    r49+e60 e00+e80 i60+eT0 c64+nT8 r88+cT2 c88+s87 h47+i60 x65+eT0 c40+e60 e40+s24 s65+a60 \
    i60+eT0 c64+nT8 e80+e60
    """)

  private static let cifar: [[Entry]] = read(
    """
    i10+n26 r72+u39 h81+h93 y58+v79 a50+e90 y27+p37 c43+b67 h39+b79 e60+e50 n67+h65 c77+u58 \
    e30+a40 v43+h26 b96+c28 s52+i00 e20+a60 e20+e60 c99+e60 a80+s28 b13+c70 s45+a90 v99+v79 \
    a90+s83 e80+i10 v79+a90
    """)

  private static let houseNumbers: [[Entry]] = read(
    """
    x94+i20 y98+i70 e60+s66 i90+e60 e60+r93 x94+a80 y98+i40 y95+s26 i90+a80 e60+r93 x94+s33 \
    y88+i70 e90+v66 i90+e60 n33+r84 i80+v02 y76+s48 i60+r84 y73+u93 x16+i60 s72+v67 y84+i80 \
    x79+v83 y85+a70 x72+i10
    """)
}
