import Foundation

/// The incomplete beta and gamma functions, which distributions are made of.
package enum SpecialFunctions {
  /// The natural logarithm of the gamma function of a positive number.
  package static func logGamma(_ x: Double) -> Double {
    // Stirling's series (Abramowitz and Stegun 6.1.41) from 15 on, where its tenth term is below
    // the rounding; smaller arguments climb there by the recurrence.
    var shifted = x
    var product = 1.0
    while shifted < 15 {
      product *= shifted
      shifted += 1
    }
    let inverse = 1 / shifted
    let square = inverse * inverse
    let coefficients: [Double] = [
      1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360_360, 1.0 / 156,
    ]
    let series = coefficients.reversed().reduce(0) { $0 * square + $1 } * inverse
    let stirling = (shifted - 0.5) * log(shifted) - shifted + 0.5 * log(2 * Double.pi)
    return stirling + series - log(product)
  }

  /// The regularised incomplete beta function I_x(a, b), by its continued fraction
  /// (DLMF 8.17.22) in the modified Lentz form.
  /// - Parameters:
  ///   - x: 0...1.
  ///   - complement: 1 - x, passed apart because it may be exact where x is rounded.
  package static func incompleteBeta(
    _ x: Double, _ a: Double, _ b: Double, complement: Double
  ) -> Double {
    if x <= 0 { return 0 }
    if complement <= 0 { return 1 }
    let logFront =
      logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(complement)
    // The fraction converges fast on the near side of the mean.
    if x <= (a + 1) / (a + b + 2) {
      return exp(logFront) * betaFraction(x, a, b) / a
    }
    return 1 - exp(logFront) * betaFraction(complement, b, a) / b
  }

  /// The regularised lower incomplete gamma function P(a, x) and its complement Q(a, x), each to
  /// full relative accuracy: the series (DLMF 8.11.4) below a + 1, the continued fraction (DLMF
  /// 8.9.2) above.
  package static func incompleteGamma(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
    if x <= 0 { return (0, 1) }
    if x == .infinity { return (1, 0) }
    let front = exp(a * log(x) - x - logGamma(a))
    if x < a + 1 {
      var term = 1 / a
      var sum = term
      var index = a
      while abs(term) > abs(sum) * 1e-17 {
        index += 1
        term *= x / index
        sum += term
      }
      return (front * sum, 1 - front * sum)
    }
    let fraction = lentz(first: x + 1 - a) { step in
      let n = Double(step)
      return (-n * (n - a), x + 2 * n + 1 - a)
    }
    return (1 - front / fraction, front / fraction)
  }

  private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    1
      / lentz(first: 1) { step in
        let m = Double(step / 2)
        if step % 2 == 0 {
          return (m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1)
        }
        return (-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1)
      }
  }

  /// A continued fraction b0 + a1/(b1 + a2/(b2 + …)) (Lentz 1976; Thompson and Barnett 1986).
  private static func lentz(
    first: Double, term: (_ step: Int) -> (numerator: Double, denominator: Double)
  ) -> Double {
    let tiny = 1e-300
    var value = first == 0 ? tiny : first
    var c = value
    var d = 0.0
    for step in 1...100_000 {
      let (numerator, denominator) = term(step)
      d = denominator + numerator * d
      d = 1 / (d == 0 ? tiny : d)
      c = denominator + numerator / c
      if c == 0 { c = tiny }
      value *= c * d
      if abs(c * d - 1) < 1e-16 { break }
    }
    return value
  }
}

/// The argument at which an increasing function reaches a target, by bisection down to neighbouring
/// floating-point numbers: slow, never wrong, and called a few times a run.
func solveIncreasing(
  from lower: Double, to upper: Double, target: Double, _ function: (Double) -> Double
) -> Double {
  var low = lower
  var high = upper
  while true {
    let middle = low + (high - low) / 2
    if middle <= low || middle >= high { return middle }
    if function(middle) < target { low = middle } else { high = middle }
  }
}
