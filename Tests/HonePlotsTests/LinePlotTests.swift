import HonePlots
import Testing

struct LinePlotTests {
  private func plot(_ y: [Double], width: Int = 20, height: Int = 3) -> [String] {
    LinePlot(
      x: y.indices.map(Double.init), y: y, width: width, height: height,
      yLabel: { "\(Int($0))" }, xLabel: { "s\(Int($0))" }
    ).lines
  }

  @Test("a falling line goes from the upper left to the lower right")
  func falling() {
    let lines = plot((0...100).map { 100 - Double($0) })
    #expect(lines.count == 5)
    #expect(lines[0].hasPrefix("100 ┤⠉"))
    #expect(lines[2].hasPrefix("  0 ┤ "))
    // The lowest right dot of the last character.
    let corner = lines[2].unicodeScalars.last.map { ($0.value - 0x2800) & 0x80 }
    #expect(corner == 0x80)
    #expect(lines[3] == "    └" + String(repeating: "─", count: 14))
    #expect(lines[4].hasPrefix("     s0") && lines[4].hasSuffix("s100"))
    #expect(lines.dropLast().allSatisfy { $0.count <= 20 })
  }

  @Test("a step is an upright stroke, a constant lies in the middle, nothing gives nothing")
  func shapes() {
    let step = plot([Double](repeating: 4, count: 50) + [Double](repeating: 0, count: 50))
    #expect(step[1].contains("⡇") || step[1].contains("⢸"))
    let flat = plot([1, 1, 1], height: 3)
    #expect(flat[1].contains("⠒") || flat[1].contains("⠤"))
    #expect(plot([]).isEmpty)
    #expect(plot([.nan]).isEmpty)
  }
}
