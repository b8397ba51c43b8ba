import HonePlots
import HoneRecords
import HoneSearch
import HoneText

extension ReportWriter {
  /// Parameters whose pairs are drawn as surfaces.
  private static let contourParameters = 3
  /// Parameters that have a slice at most.
  private static let slices = 12

  /// The values in order, with the best so far.
  mutating func studyHistory(
    _ study: StudyRecord, _ labels: StudyLabels, _ prefix: String
  ) -> HTML {
    let points = study.history
    var table = HTMLTable([
      .init(labels.trial, isNumber: true), .init(study.objectives[0].name, isNumber: true),
      .init(labels.bestSoFar, isNumber: true),
    ])
    // Where the best changed is what a table of hundreds of rows would be read for.
    let changes = points.indices.filter { $0 == 0 || points[$0].best != points[$0 - 1].best }
    table.rows = changes.map { index in
      [
        .text(String(points[index].trial)),
        .text(Formatting.significant(points[index].value, digits: 4)),
        .text(Formatting.significant(points[index].best, digits: 4)),
      ]
    }
    let last = points.last.map { Formatting.significant($0.best, digits: 4) } ?? "–"
    let first = points.first.map { Formatting.significant($0.value, digits: 4) } ?? "–"
    return section(
      "\(prefix)history", say("History", korean: "이력"),
      [
        chart(
          "\(prefix)chart-history",
          title: say("Value of each trial, and the best so far", korean: "시행별 값과 그때까지의 최선"),
          summary: say(
            "The best value went from \(first) to \(last).",
            korean: "가장 좋은 값이 \(first)에서 \(last)이(가) "
              + "되었습니다."),
          figure: .studyHistory(study, labels: labels), table: table)
      ])
  }

  /// What mattered, or why nobody can say.
  mutating func studyImportance(
    _ study: StudyRecord, _ labels: StudyLabels, _ prefix: String
  ) -> HTML {
    let title = say("Importance", korean: "중요도")
    let methods: [(ImportanceMethod, String)] = [
      (.pedANOVA, say("For being among the best tenth", korean: "상위 10%에 드는 데 미친 영향")),
      (.fANOVA, say("For the value anywhere", korean: "값 전체에 미친 영향")),
    ]
    var children: [HTML] = []
    do throws(SearchError) {
      for (method, name) in methods {
        let shares = try study.importance(method)
        guard let first = shares.first else { continue }
        var table = HTMLTable([
          .init(say("Parameter", korean: "매개변수")), .init(labels.share, isNumber: true),
          .init(say("90% interval", korean: "90% 구간"), isNumber: true),
        ])
        table.rows = shares.map { share in
          [
            .tag("code", text: share.name), .text(Formatting.percent(share.share)),
            .text("\(Formatting.percent(share.lower)) – \(Formatting.percent(share.upper))"),
          ]
        }
        children.append(
          chart(
            "\(prefix)chart-importance-\(method.rawValue)", title: "\(name) (\(method.rawValue))",
            summary: say(
              "\(first.name) has \(Formatting.percent(first.share)).",
              korean: "\(first.name)의 비율이 \(Formatting.percent(first.share))입니다."),
            figure: .importance(shares, labels: labels), table: table))
      }
    } catch {
      children = [.tag("p", "muted", text: error.explanation.text(language))]
    }
    return section(
      "\(prefix)importance", title,
      lead: say(
        "The shares' intervals come from drawing the trials anew.",
        korean: "비율의 구간은 시행을 다시 뽑아 계산했습니다."),
      [.tag("div", "pair", [], children)])
  }

  /// The trials that no other is better than in everything, for each pair of objectives.
  mutating func studyFront(
    _ study: StudyRecord, _ labels: StudyLabels, _ prefix: String
  ) -> HTML? {
    guard !study.completed.isEmpty else { return nil }
    var charts: [HTML] = []
    let table = trialTable(study.paretoFront, study, withState: false)
    for first in study.objectives.indices {
      for second in study.objectives.indices where second > first {
        let title = "\(study.objectives[first].name), \(study.objectives[second].name)"
        charts.append(
          chart(
            "\(prefix)chart-front-\(first)-\(second)", title: title,
            summary: say(
              "\(study.paretoFront.count) trials are on the front.",
              korean: "시행 \(study.paretoFront.count)개가 전선에 있습니다."),
            figure: .paretoFront(study, first, second, labels: labels), table: table))
      }
    }
    return section(
      "\(prefix)front", say("Objectives against each other", korean: "목적 사이의 관계"),
      [.tag("div", "pair", [], charts)])
  }

  /// Slices, surfaces of pairs, and all parameters side by side.
  mutating func studyParameters(
    _ study: StudyRecord, _ labels: StudyLabels, _ prefix: String
  ) -> HTML {
    let searched = study.space.parameters.filter { $0.distribution.count != 1 }.map(\.name)
    let shares = (try? study.importance().map(\.name)) ?? []
    let names = shares.isEmpty ? searched : shares
    let ranked = study.objectives.count == 1 ? study.ranked : study.paretoFront
    let table = trialTable(Array(ranked.prefix(20)), study, withState: false)
    guard drawsCharts else {
      return section("\(prefix)parameters", say("Parameters", korean: "매개변수"), [table.html])
    }
    var slices: [HTML] = []
    for (index, name) in names.prefix(Self.slices).enumerated() {
      guard let figure = try? Figure.studySlice(study, of: name, labels: labels) else { continue }
      slices.append(
        chart(
          "\(prefix)chart-slice-\(index)", title: name,
          summary: say(
            "The value over \(name).", korean: "\(name)에 따른 값입니다."), figure: figure, table: table))
    }
    var children: [HTML] = [.tag("div", "pair", [], slices)]
    if searched.count > 1 {
      children.append(
        chart(
          "\(prefix)chart-parallel",
          title: say("All parameters side by side", korean: "모든 매개변수를 나란히"),
          summary: say(
            "A line for each trial; the best tenth stands out.",
            korean: "시행마다 선 하나이며 상위 10%를 강조했습니다."),
          figure: .studyParallel(study, labels: labels), table: table))
      children.append(.tag("div", "pair", [], surfaces(study, names, labels, prefix, table)))
    }
    return section(
      "\(prefix)parameters", say("Parameters", korean: "매개변수"),
      lead: say(
        "Points are trials. Surfaces are interpolated between them, and are guesses where there are "
          + "none.", korean: "점은 시행입니다. 곡면은 시행 사이를 보간한 것으로, 시행이 없는 곳에서는 추측입니다."),
      children)
  }

  private mutating func surfaces(
    _ study: StudyRecord, _ names: [String], _ labels: StudyLabels, _ prefix: String,
    _ table: HTMLTable
  ) -> [HTML] {
    let chosen = Array(names.prefix(Self.contourParameters))
    var charts: [HTML] = []
    for (first, x) in chosen.enumerated() {
      for y in chosen.dropFirst(first + 1) {
        guard let figure = try? Figure.studyContour(study, x, y, labels: labels) else { continue }
        charts.append(
          chart(
            "\(prefix)chart-surface-\(charts.count)", title: "\(x), \(y)",
            summary: say(
              "The value over \(x) and \(y).", korean: "\(x)와(과) \(y)에 따른 값입니다."),
            figure: figure, table: table))
      }
    }
    return charts
  }
}
