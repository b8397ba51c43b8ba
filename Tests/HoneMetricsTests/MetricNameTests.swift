import HoneMetrics
import HoneRecords
import HoneText
import Testing

struct MetricNameTests {
  @Test("every task has a default metric that has a meaning for it", arguments: TaskKind.allCases)
  func defaults(task: TaskKind) {
    #expect(MetricName.defaultMetric(for: task).tasks.contains(task))
  }

  @Test("every metric that a summary gives belongs to its task, and every such metric is given")
  func coverage() {
    let p: [Float] = [0.1, 0.2, 0.3, 0.1, 0.1, 0.2, 0.3, 0.2, 0.1, 0.1, 0.2, 0.1]
    let classification = ClassificationSummary(probabilities: p, labels: [2, 0], classes: 6)
    expect(Set(classification.metrics.keys), for: .multiclass)
    let binary = ClassificationSummary(
      probabilities: [0.1, 0.9, 0.8, 0.2, 0.3, 0.7], labels: [1, 0, 0], classes: 2)
    expect(Set(binary.metrics.keys).union(["topFiveAccuracy"]), for: .binary)
    let multilabel = MultilabelSummary(
      probabilities: [0.1, 0.9, 0.8, 0.3], labels: [true, false, false, true], classes: 2)
    expect(Set(multilabel.metrics.keys), for: .multilabel)
    let regression = RegressionSummary(predictions: [1, 2], targets: [1, 3])
    expect(Set(regression.metrics.keys), for: .regression)
  }

  private func expect(_ names: Set<String>, for task: TaskKind) {
    let expected = MetricName.allCases.filter { $0.tasks.contains(task) }.map(\.rawValue)
    #expect(names == Set(expected))
  }

  @Test("errors and losses are better when smaller, the rest when larger")
  func direction() {
    for metric in MetricName.allCases {
      let isCost = ["Loss", "Error", "Score", "perplexity"].contains {
        metric.rawValue.hasSuffix($0)
      }
      #expect(metric.isBetterWhenLarger == !isCost)
    }
  }

  @Test("no two metrics share a name for people")
  func distinctLabels() {
    #expect(Set(MetricName.allCases.map(\.label.english)).count == MetricName.allCases.count)
    #expect(Set(MetricName.allCases.map(\.label.korean)).count == MetricName.allCases.count)
  }

  @Test("every metric has a name and a formula in both languages")
  func labels() {
    for metric in MetricName.allCases {
      #expect(!metric.label.english.isEmpty)
      #expect(!metric.label.korean.isEmpty)
      #expect(!metric.formula.english.isEmpty)
      #expect(!metric.formula.korean.isEmpty)
    }
  }
}
