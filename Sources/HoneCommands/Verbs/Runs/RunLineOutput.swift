import HoneRecords

/// The JSON of `hone runs list`: a line for each run, not the whole record, which `runs show` has.
enum RunLineOutput {
  /// The whole answer.
  static func text(_ lines: [RunListing]) -> String {
    var json = JSONText()
    json.object { json in
      json.key("runs")
      json.array { json in
        for line in lines {
          json.element()
          json.object { write(line, to: &$0) }
        }
      }
    }
    return json.text
  }

  private static func write(_ line: RunListing, to json: inout JSONText) {
    json.key("created")
    json.value(JSONText.moment(line.created))
    json.key("data")
    json.value(line.dataSource)
    json.key("epochs")
    json.value(line.epochs)
    json.key("fingerprint")
    json.value(line.dataFingerprint)
    json.key("metric")
    json.value(line.metric)
    json.key("model")
    json.value(line.model)
    json.key("name")
    json.value(line.name)
    json.key("note")
    json.value(line.note)
    json.key("parameters")
    json.value(line.parameters)
    json.key("parent")
    json.value(line.parent)
    json.key("run")
    json.value(line.id)
    json.key("seconds")
    json.value(line.seconds)
    writeResult(line, to: &json)
  }

  private static func writeResult(_ line: RunListing, to json: inout JSONText) {
    json.key("status")
    json.value(line.status.rawValue)
    json.key("tags")
    json.array { json in
      for tag in line.tags {
        json.element()
        json.value(tag)
      }
    }
    json.key("testMetric")
    json.value(line.testMetric)
    json.key("validationLoss")
    json.value(line.validationLoss)
    json.key("validationMetric")
    json.value(line.validationMetric)
  }
}
