import HoneRecords
import HoneText

/// Findings for people.
enum DiagnosisSummary {
  static func say(_ findings: [Finding], _ context: CommandContext) {
    for finding in findings {
      let style: Terminal.Style = finding.severity == .critical ? .red : .yellow
      let name = context.terminal.styled(finding.id.rawValue, style)
      let share = Int((finding.confidence * 100).rounded())
      context.say("")
      context.say("\(finding.severity.rawValue) \(name) (\(share) %)")
      context.say("  " + context.text(finding.message))
      for evidence in finding.evidence {
        context.say(
          "  · \(evidence.signal) \(decimal(evidence.value)) \(evidence.comparison.rawValue) "
            + "\(decimal(evidence.threshold)) (\(evidence.source))")
      }
      for example in (finding.examples ?? []).prefix(3) {
        let names = example.samples.joined(separator: ", ")
        context.say("  ↳ \(names): \(context.text(example.detail))")
      }
      for remedy in finding.remedies {
        context.say("  → \(remedy.id): \(context.text(remedy.rationale))")
      }
      if let folder = context.findingPages {
        context.say("  ? \(folder)/\(finding.id.rawValue).md")
      }
    }
  }
}
