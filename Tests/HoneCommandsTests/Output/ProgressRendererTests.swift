import Foundation
import HoneCommands
import HoneRecords
import HoneText
import Testing

@Suite("Progress") struct ProgressRendererTests {
  private func context(
    _ terminal: Terminal, _ output: Collector, _ errors: Collector, json: Bool = false
  ) -> CommandContext {
    CommandContext(
      language: .english, json: json, console: Console(output: output.add, error: errors.add),
      terminal: terminal, storePath: "/nowhere/hone.sqlite", dataHome: "/nowhere", plotly: nil,
      command: [], interruption: Interruption(), openStore: { _ in throw CancellationError() })
  }

  private func play(_ renderer: ProgressRenderer) {
    renderer.receive(.began(Samples.run()))
    renderer.receive(
      .progress(
        .init(
          epoch: 1, epochs: 2, step: 5, steps: 10, loss: 0.5, metric: 0.8, samplesPerSecond: 100,
          secondsLeft: 95)))
    if let best = Samples.run().best { renderer.receive(.epoch(best)) }
  }

  @Test("elsewhere than on a terminal there is one plain line per epoch") func plain() {
    let output = Collector()
    let errors = Collector()
    play(ProgressRenderer(context(.none, output, errors)))
    #expect(
      output.text
        == "epoch 2/2  train loss 0.5000 accuracy 0.8000  validation loss 0.6000 accuracy 0.7500  "
        + "0/s  0.0 s\n")
    #expect(errors.text.isEmpty)
  }

  @Test("on a terminal there is a bar, wiped before each line") func bar() {
    let output = Collector()
    let errors = Collector()
    let terminal = Terminal(
      outputIsTerminal: true, errorIsTerminal: true, width: 100, usesColor: true)
    play(ProgressRenderer(context(terminal, output, errors)))
    #expect(errors.text.contains("█"))
    #expect(errors.text.contains("5/10"))
    #expect(errors.text.contains("1:35 left"))
    #expect(errors.text.hasSuffix("\r\u{1B}[K"))
    #expect(output.text.hasPrefix("epoch 2/2"))
  }

  @Test("where there is room the bar tells of losses, waiting and memory") func wide() {
    func line(width: Int) -> String {
      let errors = Collector()
      let terminal = Terminal(
        outputIsTerminal: true, errorIsTerminal: true, width: width, usesColor: false)
      let renderer = ProgressRenderer(context(terminal, Collector(), errors))
      renderer.receive(.began(Samples.run()))
      if let best = Samples.run().best { renderer.receive(.epoch(best)) }
      renderer.receive(
        .progress(
          .init(
            epoch: 2, epochs: 2, step: 5, steps: 10, loss: 0.1, metric: 0.8, samplesPerSecond: 100,
            secondsLeft: 95, waitShare: 0.07, memory: 812_000_000)))
      return errors.text
    }
    let wide = line(width: 140)
    #expect(wide.contains("█▁"))
    #expect(wide.contains("waits 7%"))
    #expect(wide.contains("812 MB"))
    let medium = line(width: 85)
    #expect(medium.contains("█▁") && !medium.contains("812 MB"))
    for width in 20...150 {
      let bar =
        line(width: width).split(separator: "\r").last?.split(separator: "\u{1B}").first ?? ""
      #expect(bar.displayWidth < width)
    }
  }

  @Test("a narrow terminal cuts the bar rather than wrapping it") func narrow() {
    let output = Collector()
    let errors = Collector()
    let terminal = Terminal(
      outputIsTerminal: true, errorIsTerminal: true, width: 30, usesColor: false)
    play(ProgressRenderer(context(terminal, output, errors)))
    let first = errors.text.split(separator: "\u{1B}").first ?? ""
    #expect(first.count <= 30)
  }

  @Test("beside JSON the lines go to standard error") func json() {
    let output = Collector()
    let errors = Collector()
    play(ProgressRenderer(context(.none, output, errors, json: true)))
    #expect(output.text.isEmpty)
    #expect(errors.text.hasPrefix("epoch 2/2"))
  }
}
