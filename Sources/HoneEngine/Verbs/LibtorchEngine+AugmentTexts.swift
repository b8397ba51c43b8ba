import HoneAssembly
import HoneCommands
import HoneConfiguration
import HoneData
import HoneNumerics

extension LibtorchEngine {
  /// Texts and what augmentation makes of them, as a file of lines.
  func augmentTexts(
    _ request: AugmentRequest, _ configuration: Configuration, _ data: Dataset, _ split: Split,
    _ samples: [Int]
  ) throws -> AugmentReport {
    let seed = configuration.training.seed
    let steps = try configuration.liveAugmentation(for: data).texts
    let loader = try DataLoader(
      data, indices: split.train,
      preprocessor: try .fit(data, indices: split.train),
      options: LoaderOptions(threads: 0, seed: seed, textAugmentation: steps),
      generators: try configuration.textGenerators())
    let classes = data.classes
    var lines: [String] = []
    let rows = try samples.map { sample in
      let label = data.labels.isEmpty ? nil : Int(data.labels[sample])
      lines.append("\(sample)\t\(loader.originalText(of: sample) ?? "")")
      let variants = try (request.epoch..<(request.epoch + request.variants)).compactMap {
        epoch -> AugmentReport.Variant? in
        guard let text = try loader.augmentedText(of: sample, epoch: epoch) else { return nil }
        lines.append("  epoch \(epoch)\t\(text.text)")
        lines += text.drawn.map { "    \($0)" }
        return AugmentReport.Variant(epoch: epoch, text: text)
      }
      return AugmentReport.Sample(
        sample: sample, label: label.flatMap { classes.indices.contains($0) ? classes[$0] : nil },
        variants: variants)
    }
    let isPicture = request.file.hasSuffix(".png")
    let file = isPicture ? request.file.dropLast(4) + ".txt" : request.file
    try AtomicFile.write(lines.joined(separator: "\n") + "\n", to: file)
    return AugmentReport(
      file: file, seed: seed, steps: steps.map(\.name), samples: rows, mixing: [])
  }
}
