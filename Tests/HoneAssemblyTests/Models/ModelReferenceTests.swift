import Foundation
import HoneConfiguration
import HoneNN
import HoneNumerics
import HoneTensor
import Testing

@testable import HoneAssembly

/// Every size of every ready model that has an input of its own.
private let names: [String] = ComponentFamily.models.components
  .flatMap(ModelReference.names(of:)).filter { ModelUse(of: $0) != nil }.sorted()

@Suite struct ModelReferenceTests {
  private func cost(_ name: String) throws -> ModelCost {
    let use = try #require(ModelUse(of: name))
    let configuration = try Workbench.configuration("model: {name: \(name)}")
    var stream = RandomStream(seed: 1, "weights")
    let model = try ModelAssembler(
      configuration: configuration, inputShape: use.input, outputs: use.outputs,
      device: .meta, cardinalities: use.cardinalities, vocabulary: use.vocabulary
    ).model(using: &stream)
    return try model.cost(
      ofSample: use.input, dtype: use.vocabulary == nil ? .float32 : .int64)
  }

  @Test("the table that hone models prints is what the models cost")
  func table() throws {
    let costs = try names.map { ($0, try cost($0)) }
    if ProcessInfo.processInfo.environment["HONE_WRITE_MODEL_COSTS"] == "1" {
      try write(costs)
      return
    }
    let references = ComponentFamily.models.components.flatMap(ModelReference.all(of:))
    #expect(Set(references.map(\.name)) == Set(names))
    for (name, cost) in costs {
      let reference = try #require(references.first { $0.name == name })
      #expect(reference.parameters == cost.parameters, "\(name): run Scripts/model-costs")
      #expect(reference.multiplyAdds == cost.multiplyAdds, "\(name): run Scripts/model-costs")
    }
  }

  private func write(_ costs: [(String, ModelCost)]) throws {
    let rows = costs.map { name, cost in
      "    \"\(name)\": (\(grouped(cost.parameters)), \(grouped(cost.multiplyAdds))),\n"
    }
    let text = """
      // Written by Scripts/model-costs from the models themselves; do not edit.
      extension ModelReference {
        /// Parameters and multiply-adds for each name's `ModelUse`.
        static let costs: [String: (parameters: Int, multiplyAdds: Int)] = [
      \(rows.joined())  ]
      }

      """
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let file = "Sources/HoneConfiguration/Catalog/Models/ModelReference+Costs.generated.swift"
    try text.write(to: root.appendingPathComponent(file), atomically: true, encoding: .utf8)
  }

  private func grouped(_ number: Int) -> String {
    let digits = String(number)
    let first = (digits.count - 1) % 3 + 1
    var parts = [String(digits.prefix(first))]
    var rest = digits.dropFirst(first)
    while !rest.isEmpty {
      parts.append(String(rest.prefix(3)))
      rest = rest.dropFirst(3)
    }
    return parts.joined(separator: "_")
  }
}
