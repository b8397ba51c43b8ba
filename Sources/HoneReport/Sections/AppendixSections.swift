import HoneRecords
import HoneText

extension ReportWriter {
  /// The keys whose values differ between baseline and final configuration.
  func configurationDifference(_ baseline: RunRecord, _ final: RunRecord) -> HTML {
    let title = say("What changed", korean: "달라진 구성")
    guard let first = ConfigurationText.value(baseline),
      let second = ConfigurationText.value(final)
    else {
      return section(
        "changes", title,
        [
          .tag(
            "p",
            text: say("The configurations were not recorded.", korean: "구성이 기록되어 있지 않습니다."))
        ])
    }
    let differences = ConfigurationText.differences(first, second)
    guard !differences.isEmpty else {
      return section(
        "changes", title,
        [
          .tag(
            "p",
            text: say(
              "Nothing: the final configuration is the baseline's.",
              korean: "없습니다. 최종 구성은 기준 모델과 같습니다."))
        ])
    }
    var table = HTMLTable([
      .init(say("Key", korean: "키")), .init(say("Baseline", korean: "기준 모델")),
      .init(say("Final", korean: "최종 모델")),
    ])
    table.rows = differences.map { path, before, after in
      [
        .tag("code", text: path),
        .tag("code", "same", text: before.map(ConfigurationText.inline) ?? "–"),
        .tag("code", text: after.map(ConfigurationText.inline) ?? "–"),
      ]
    }
    return section("changes", title, [table.html])
  }

  /// The command that made the run, and the whole configuration.
  func reproduction(_ run: RunRecord, command: [String]) -> HTML {
    var children: [HTML] = []
    if !command.isEmpty {
      children.append(
        copyable("command", say("Command", korean: "명령"), ShellText.command(command)))
    }
    let text = ConfigurationText.value(run).map { ConfigurationText.yaml($0) } ?? run.configuration
    children.append(
      .tag(
        "details", nil, [("style", "margin-top:18px")],
        [
          .tag("summary", text: say("Full configuration", korean: "전체 구성")),
          copyable("configuration", "hone.yaml", text),
        ]))
    return section(
      "reproduce", say("Reproduce", korean: "재현 방법"),
      lead: say(
        "The same command with the same data and seed \(run.seed) gives the same result on the same "
          + "number of threads (\(run.threads)).",
        korean: "같은 데이터와 시드 \(run.seed), 같은 스레드 수(\(run.threads))로 실행하면 같은 결과를 얻습니다."),
      children)
  }

  /// The machine, the versions and the data.
  func environment(_ run: RunRecord) -> HTML {
    let machine = run.environment
    let unknown = say("unknown", korean: "알 수 없음")
    let rows: [(String, String)] = [
      ("Hone", machine.hone), ("libtorch", machine.libtorch ?? "–"),
      (say("System", korean: "운영체제"), machine.system),
      (
        say("Processor", korean: "프로세서"),
        machine.processor + (machine.capability.map { " (\($0))" } ?? "")
      ),
      (say("Cores, threads used", korean: "코어, 사용한 스레드"), "\(machine.cores), \(run.threads)"),
      (say("Device, precision", korean: "장치, 정밀도"), "\(run.device), \(run.precision)"),
      (say("Data", korean: "데이터"), run.dataSource),
      (
        say("Data fingerprint", korean: "데이터 지문"),
        run.dataFingerprint.isEmpty ? unknown : run.dataFingerprint
      ),
      (
        say("Samples: training, validation, test", korean: "표본: 학습, 검증, 시험"),
        [run.task.trainSamples, run.task.validationSamples, run.task.testSamples]
          .map { Formatting.count($0) }.joined(separator: " / ")
      ),
      (say("Run", korean: "실행"), run.id),
    ]
    var table = HTMLTable([
      .init(say("Item", korean: "항목")), .init(say("Value", korean: "값")),
    ])
    table.rows = rows.map { [.text($0), .text($1)] }
    return section("environment", say("Environment", korean: "환경"), [table.html])
  }

  func copyable(_ id: String, _ title: String, _ text: String) -> HTML {
    .group([
      .tag(
        "div", "copyrow", [],
        [
          .tag("span", "label", text: title),
          .tag(
            "button", nil,
            [
              ("type", "button"), ("data-copy", id), ("data-done", say("Copied", korean: "복사됨")),
            ], [.text(say("Copy", korean: "복사"))]),
        ]),
      .tag("pre", nil, [("tabindex", "0")], [.tag("code", nil, [("id", id)], [.text(text)])]),
    ])
  }
}
