import Foundation
import HoneRecords

/// What TensorBoard's HParams page shows of a run: settings, which metrics to show beside them, and how
/// it ended.
///
/// The page shows only settings and metrics that the experiment names, so all are named before the run.
struct HyperparameterSummary {
  /// A setting's value, of a type that the page can sort by.
  enum Setting: Equatable {
    case text(String)
    case bool(Bool)
    case number(Double)
  }

  /// How a run ended, by TensorBoard's number for it.
  enum Status: Int {
    case success = 1
    case failure = 2
    case running = 3
  }

  var settings: [(name: String, value: Setting)]
  /// The tags of the metrics' scalars.
  var metrics: [String]
  /// The run's name on the page.
  var group: String

  /// The event that says what settings and metrics there are.
  func experiment(_ time: Date) -> Event {
    HyperparameterSummary.event("experiment", time) { data in
      data.message(2) { experiment in
        experiment.double(3, time.timeIntervalSince1970)
        for setting in settings {
          experiment.message(4) { info in
            info.text(1, setting.name)
            info.integer(4, setting.value.type)
          }
        }
        for metric in metrics {
          experiment.message(5) { info in info.message(1) { $0.text(2, metric) } }
        }
      }
    }
  }

  /// The event that says with what settings the run began.
  func start(_ time: Date) -> Event {
    HyperparameterSummary.event("session_start_info", time) { data in
      data.message(3) { session in
        for setting in settings {
          session.message(1) { entry in
            entry.text(1, setting.name)
            entry.message(2, setting.value.write)
          }
        }
        session.text(4, group)
        session.double(5, time.timeIntervalSince1970)
      }
    }
  }

  /// The event that says how the run ended.
  static func end(_ status: Status, _ time: Date) -> Event {
    event("session_end_info", time) { data in
      data.message(4) { session in
        session.integer(1, status.rawValue)
        session.double(2, time.timeIntervalSince1970)
      }
    }
  }

  private static func event(
    _ name: String, _ time: Date, _ content: (inout ProtoWriter) -> Void
  ) -> Event {
    var data = ProtoWriter()
    content(&data)
    return Event(time: time, step: 0) { value in
      value.text(1, "_hparams_/\(name)")
      // A tensor without elements, because all is in the metadata.
      value.message(8) { SummaryValue.writeShape([0], type: 1, to: &$0) }
      value.message(9) { metadata in
        metadata.message(1) { plugin in
          plugin.text(1, "hparams")
          plugin.data(2, data.bytes)
        }
        metadata.integer(4, 1)
      }
    }
  }
}

extension HyperparameterSummary.Setting {
  /// TensorBoard's number for the type.
  fileprivate var type: Int {
    switch self {
    case .text: 1
    case .bool: 2
    case .number: 3
    }
  }

  /// Writes the value as `google.protobuf.Value`.
  fileprivate func write(to value: inout ProtoWriter) {
    switch self {
    case .number(let number): value.double(2, number, evenIfZero: true)
    case .text(let text): value.text(3, text, evenIfEmpty: true)
    case .bool(let isTrue): value.alternative(4, isTrue)
    }
  }
}

extension HyperparameterSummary {
  /// The settings of a configuration in JSON, by dotted name in alphabetical order; lists as text,
  /// nothing for null.
  static func settings(ofConfiguration json: String) -> [(name: String, value: Setting)] {
    let data = Data(json.utf8)
    guard let root = try? JSONDecoder().decode(ConfigurationValue.self, from: data) else {
      return []
    }
    var settings: [(name: String, value: Setting)] = []
    collect(root, "", &settings)
    return settings
  }

  private static func collect(
    _ value: ConfigurationValue, _ name: String, _ settings: inout [(name: String, value: Setting)]
  ) {
    switch value {
    case .null: break
    case .bool(let isTrue): settings.append((name, .bool(isTrue)))
    case .integer(let number): settings.append((name, .number(Double(number))))
    case .number(let number): settings.append((name, .number(number)))
    case .string(let text): settings.append((name, .text(text)))
    case .list(let values):
      guard !values.isEmpty, let text = try? CanonicalJSON.string(values) else { return }
      settings.append((name, .text(text)))
    case .map(let values):
      for (key, inner) in values.sorted(by: { $0.key < $1.key }) {
        collect(inner, name.isEmpty ? key : "\(name).\(key)", &settings)
      }
    }
  }
}
