import Foundation
import HoneNumerics
import HoneRecords

/// Rows of numbers with their answers, the training rows first.
struct CaseTable {
  var rows: [[Double]] = []
  var labels: [Int] = []
  var targets: [Double] = []
  /// Several answers of 0 or 1 for each row, where there are such.
  var bits: [[Float]] = []
  var trainCount = 0

  init(
    _ record: CaseRecord, name: String, folder: URL, home: URL?, seed: UInt64
  ) throws {
    var stream = RandomStream(seed: seed, "case data \(name)")
    let data = record.data
    let rule = data["generator"]
    if rule?["fn"]?.word != nil || name == "circles" || name == "blobs" {
      let exported = folder.appendingPathComponent("data/\(name).csv")
      if FileManager.default.fileExists(atPath: exported.path) {
        try read(exported, isRegression: false)
      } else {
        try generate(rule ?? .null, name, &stream)
      }
    } else if let make = Self.makers[name] {
      make(&self, &stream)
    } else if let text = rule?.word {
      try follow(text, record, &stream)
    } else {
      try find(name, data, folder, home, record.task == "regression", &stream)
    }
    if data["shuffle"]?.flag == true { shuffle(&stream) }
    guard !rows.isEmpty else { throw Unavailable(reason: "data set \(name) has no rows") }
    trainCount = rows.count
    let wantsTrainOnly = record.metric.hasPrefix("train")
    let validation = Int(data["n_val"]?.double ?? 0)
    if validation > 0, !wantsTrainOnly, validation < rows.count {
      trainCount = min(Int(data["n_train"]?.double ?? 1e9), rows.count - validation)
      rows = Array(rows.prefix(trainCount + validation))
      if !labels.isEmpty { labels = Array(labels.prefix(rows.count)) }
      if !targets.isEmpty { targets = Array(targets.prefix(rows.count)) }
    }
  }

  // MARK: files

  private mutating func read(_ file: URL, isRegression: Bool) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    for line in text.split(whereSeparator: \.isNewline) {
      let fields = line.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "\t" })
      let numbers = fields.compactMap {
        Double($0.trimmingCharacters(in: CharacterSet(charactersIn: " \"")))
      }
      guard numbers.count == fields.count, numbers.count > 1 else { continue }
      rows.append(Array(numbers.dropLast()))
      if isRegression { targets.append(numbers[numbers.count - 1]) }
      if !isRegression { labels.append(Int(numbers[numbers.count - 1])) }
    }
  }

  private mutating func find(
    _ name: String, _ data: ConfigurationValue, _ folder: URL, _ home: URL?, _ isRegression: Bool,
    _ stream: inout RandomStream
  ) throws {
    let bundled = [
      "iris": "iris.csv", "wine": "wine_data.csv", "breast-cancer": "breast_cancer.csv",
    ]
    var candidates: [URL] = []
    if let file = bundled[name], let home {
      candidates.append(home.appendingPathComponent("tabular/sklearn-bundled/\(file)"))
    }
    let names = (data["file"]?.word ?? "").split(separator: ",").compactMap {
      $0.split(separator: "/").last.map(String.init)
    }
    for file in names + ["\(name).csv"] {
      candidates.append(folder.appendingPathComponent("data/\(file)"))
      if let home { candidates.append(home.appendingPathComponent(file)) }
    }
    guard
      let file = candidates.first(where: { FileManager.default.fileExists(atPath: $0.path) })
    else { throw Unavailable(reason: "data set \(name) is not here") }
    try read(file, isRegression: isRegression)
    // sklearn's files begin with a line of counts and names, which holds no row of numbers.
    shuffle(&stream)
  }

  private mutating func shuffle(_ stream: inout RandomStream) {
    var order = Array(rows.indices)
    for place in order.indices.reversed() where place > 0 {
      order.swapAt(place, Int(stream.uniform() * Double(place + 1)))
    }
    rows = order.map { rows[$0] }
    if !labels.isEmpty { labels = order.map { labels[$0] } }
    if !targets.isEmpty { targets = order.map { targets[$0] } }
    if !bits.isEmpty { bits = order.map { bits[$0] } }
  }

  // MARK: generators

  private mutating func generate(
    _ rule: ConfigurationValue, _ name: String, _ stream: inout RandomStream
  ) throws {
    let count = Int(rule["n_samples"]?.double ?? 1000)
    let noise = rule["noise"]?.double ?? 0.1
    switch rule["fn"]?.word ?? "make_\(name)" {
    case "make_circles":
      let factor = rule["factor"]?.double ?? 0.8
      for index in 0..<count {
        let isInner = index % 2 == 1
        let angle = 2 * Double.pi * Double(index / 2) / Double(count / 2)
        let radius = isInner ? factor : 1
        rows.append([
          radius * cos(angle) + noise * stream.normal(),
          radius * sin(angle) + noise * stream.normal(),
        ])
        labels.append(isInner ? 1 : 0)
      }
    case "make_moons":
      for index in 0..<count {
        let isLower = index % 2 == 1
        let angle = Double.pi * Double(index / 2) / Double(count / 2)
        rows.append([
          (isLower ? 1 - cos(angle) : cos(angle)) + noise * stream.normal(),
          (isLower ? 0.5 - sin(angle) : sin(angle)) + noise * stream.normal(),
        ])
        labels.append(isLower ? 1 : 0)
      }
    case "make_blobs":
      let centers = Int(rule["centers"]?.double ?? 3)
      let width = Int(rule["n_features"]?.double ?? 2)
      let deviation = rule["cluster_std"]?.double ?? 1
      let places = (0..<centers).map { _ in (0..<width).map { _ in 20 * stream.uniform() - 10 } }
      for index in 0..<count {
        let label = index % centers
        rows.append(places[label].map { $0 + deviation * stream.normal() })
        labels.append(label)
      }
    case let other: throw Unavailable(reason: "generator \(other) is not known")
    }
    shuffle(&stream)
  }

  /// Data sets that the format describes in words.
  private static let makers: [String: @Sendable (inout CaseTable, inout RandomStream) -> Void] = [
    "bits8": { table, stream in
      table.rows = (0..<256).map { number in (0..<8).map { Double((number >> $0) & 1) } }
      table.labels = Array(0..<256)
      var order = Array(0..<256)
      for place in order.indices.reversed() where place > 0 {
        order.swapAt(place, Int(stream.uniform() * Double(place + 1)))
      }
      table.bits = order.map { number in (0..<8).map { Float((number >> $0) & 1) } }
    },
    "so50306988": { table, stream in
      for index in 0..<200 {
        let low = index % 2 == 0 ? 0.2 : 0.5
        table.rows.append([low + 0.2 * stream.uniform(), low + 0.2 * stream.uniform()])
        table.labels.append(index % 2)
      }
    },
    "so45442843": { table, stream in
      for index in 0..<999 {
        let isHigh = index % 2 == 1
        let low = isHigh ? 20_000.0 : 15_000
        table.rows.append([(low + 5000 * stream.uniform()).rounded(.down)])
        table.labels.append(isHigh ? 0 : 1)
      }
      table.shuffle(&stream)
    },
    "so31880720": { table, stream in
      for index in 0..<20_000 {
        let label = index < 10_000 ? 1 : 0
        table.rows.append([Double](repeating: Double(label), count: 128))
        table.labels.append(label)
      }
      table.shuffle(&stream)
      for index in 0..<200 {
        let label = index < 100 ? 1 : 0
        table.rows.append([Double](repeating: Double(label), count: 128))
        table.labels.append(label)
      }
    },
    "so-ips12": { table, stream in
      for _ in 0..<200 {
        let shifts = stream.uniform() < 2.0 / 3
        let shift = shifts ? Double(Int(stream.uniform() * 3)) - 1 : 0
        table.rows.append((0..<14).map { _ in 0.1 * stream.normal() + shift })
        table.labels.append(shifts ? 0 : 1)
      }
    },
  ]

  /// Curves such as "x = 0,0.1,...,4.9 ; y = 5x^2 + e^3, e ~ N(0,1)".
  private mutating func follow(
    _ text: String, _ record: CaseRecord, _ stream: inout RandomStream
  ) throws {
    let parts = text.components(separatedBy: ";")
    guard parts.count >= 2, let start = parts[0].range(of: "x ="),
      let equals = parts[1].range(of: "=")
    else { throw Unavailable(reason: "generator '\(text.prefix(60))' is not understood") }
    let ends = parts[0][start.upperBound...].split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard ends.count >= 3, let first = Double(ends[0]), let second = Double(ends[1]),
      let last = Double(ends[ends.count - 1]), second > first
    else { throw Unavailable(reason: "range '\(parts[0])' is not understood") }
    var body = String(parts[1][equals.upperBound...])
    if let comma = body.firstIndex(of: ",") { body = String(body[..<comma]) }
    if let paren = body.range(of: "(0..") { body = String(body[..<paren.lowerBound]) }
    let formula = try Formula(body)
    for index in 0...Int(((last - first) / (second - first)).rounded()) {
      let x = first + Double(index) * (second - first)
      rows.append([x])
      targets.append(formula.value(x: x, noise: stream.normal()))
    }
  }
}

/// A sum of products of powers in x and e: "5x^2 + e^3", "x^4", "sin(x)".
struct Formula {
  private var terms: [(sign: Double, factors: [(name: String, coefficient: Double, power: Double)])]

  init(_ text: String) throws {
    let plain = text.replacingOccurrences(of: " ", with: "").replacingOccurrences(
      of: "**", with: "^")
    terms = []
    var current = ""
    var sign = 1.0
    for character in plain + "+" {
      guard character == "+" || character == "-" else {
        current.append(character)
        continue
      }
      if !current.isEmpty {
        terms.append((sign, try current.split(separator: "*").map(Self.factor)))
      }
      current = ""
      sign = character == "-" ? -1 : 1
    }
    guard !terms.isEmpty else { throw Unavailable(reason: "formula '\(text)' is not understood") }
  }

  private static func factor(
    _ text: Substring
  ) throws -> (name: String, coefficient: Double, power: Double) {
    let number = text.prefix { $0.isNumber || $0 == "." }
    var rest = text.dropFirst(number.count)
    let coefficient = number.isEmpty ? 1 : Double(number) ?? 1
    if rest.isEmpty { return ("", coefficient, 1) }
    var power = 1.0
    if let caret = rest.firstIndex(of: "^") {
      power = Double(rest[rest.index(after: caret)...]) ?? 1
      rest = rest[..<caret]
    }
    guard ["x", "e", "sin(x)", "cos(x)", "exp(x)"].contains(String(rest)) else {
      throw Unavailable(reason: "'\(text)' is not understood")
    }
    return (String(rest), coefficient, power)
  }

  func value(x: Double, noise: Double) -> Double {
    terms.reduce(0) { sum, term in
      sum
        + term.factors.reduce(term.sign) { product, factor in
          let base =
            switch factor.name {
            case "x": x
            case "e": noise
            case "sin(x)": sin(x)
            case "cos(x)": cos(x)
            case "exp(x)": exp(x)
            default: 1.0
            }
          return product * factor.coefficient * pow(base, factor.power)
        }
    }
  }
}
