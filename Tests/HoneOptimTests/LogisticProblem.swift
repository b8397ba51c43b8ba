import Foundation
import HoneOptim
import HoneTensor

/// Logistic regression of one of scikit-learn's data sets, as `Tools/golden/second_order.py` sets it
/// up: standardized inputs, mean cross-entropy, a small ridge on the weights.
struct LogisticProblem {
  let parameter: Parameter
  let loss: () -> Tensor

  /// The folder of the data sets; nil where HONE_DATA does not name it.
  static let folder: URL? = ProcessInfo.processInfo.environment["HONE_DATA"].flatMap { home in
    let folder = URL(filePath: home).appending(path: "tabular/sklearn-bundled")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }

  /// - Parameter name: `breastCancer`, `wine` or `digits`.
  init(_ name: String) throws {
    let rows = try Self.rows(of: name)
    let width = rows[0].count - 1
    let labels = rows.map { Int($0[width]) }
    let raw = Tensor(rows.flatMap { $0.dropLast() }, shape: [rows.count, width])
    let spread = raw.standardDeviation(along: [0], correction: 0).clamped(minimum: 1e-12)
    let inputs = (raw - raw.mean(along: [0])) / spread
    let targets = Tensor(labels, shape: [labels.count])
    let classes = (labels.max() ?? 0) + 1
    let parameter = Parameter(Tensor.zeros([classes * width + classes], dtype: .float64))
    self.parameter = parameter
    loss = {
      let weight = parameter.value[0..<(classes * width)].reshaped([classes, width])
      let bias = parameter.value[(classes * width)..<parameter.value.count]
      let ridge = weight.squared().sum() * 5e-4
      return ATen.cross_entropy_loss(inputs.linear(weight, bias: bias), target: targets) + ridge
    }
  }

  private static func rows(of name: String) throws -> [[Double]] {
    let files = [
      "breastCancer": "breast_cancer.csv", "wine": "wine_data.csv", "digits": "digits.csv.gz",
    ]
    guard let folder, let file = files[name] else { throw CocoaError(.fileNoSuchFile) }
    let path = folder.appending(path: file)
    var data = try Data(contentsOf: path)
    if file.hasSuffix("gz") {
      let process = Process()
      let pipe = Pipe()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments = ["gzip", "-dc", path.path]
      process.standardOutput = pipe
      try process.run()
      data = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
    }
    let lines = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline)
    let numbers = lines.map { $0.split(separator: ",").compactMap { Double($0) } }
    // The first line of two of the files names sizes and classes.
    let width = numbers.last?.count ?? 0
    return numbers.filter { $0.count == width }
  }
}
