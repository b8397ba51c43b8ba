public import ArgumentParser
import HoneConfiguration
import HoneText

extension FeaturesRequest.Content: ExpressibleByArgument {}

/// `hone features`: what a model makes of samples, as arrays in a file.
struct FeaturesVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "features",
      abstract: localized(
        "Write what a model makes of data to a safetensors file: features, maps or outputs.",
        "모델이 데이터에서 뽑은 특징, 특징 맵, 출력을 safetensors 파일로 씁니다."),
      discussion: localized(
        """
        EXAMPLES
          hone features photos/ --model squeezeNet --pretrained squeezenet1_1.pth -o features.safetensors
          hone features --run last --content maps -o maps.safetensors
        """,
        """
        예
          hone features photos/ --model squeezeNet --pretrained squeezenet1_1.pth -o features.safetensors
          hone features --run last --content maps -o maps.safetensors
        """))
  }

  @Argument(
    help: help(
      "A built-in name, a folder or a file; the run's own data where left out.",
      "내장 데이터 이름, 폴더 또는 파일. 생략하면 실행의 데이터.", valueName: "DATA"))
  var data: String?

  @Option(
    name: [.short, .customLong("output")],
    help: help("The file to write.", "쓸 파일.", valueName: "FILE"))
  var output: String

  @Option(
    name: .customLong("run"),
    help: help("A run whose model is used.", "모델을 쓸 실행.", valueName: "RUN"))
  var reference: String?

  @Option(
    help: help(
      "A file of weights for the model: safetensors, .pt, .pth.",
      "모델의 가중치 파일: safetensors, .pt, .pth.", valueName: "FILE"))
  var pretrained: String?

  @Option(help: help("What to write: features, maps, outputs.", "쓸 것: features, maps, outputs."))
  var content: FeaturesRequest.Content = .features

  @Option(help: help("Which part of the data; all where left out.", "데이터의 어느 부분인지. 생략하면 전체."))
  var split: EvaluateRequest.Split?

  @Option(parsing: .unconditional, help: help("The first so many samples.", "앞에서부터 쓸 샘플 수."))
  var limit: Int?

  @OptionGroup var recipe: RecipeOptions

  @Option(help: help("The column to predict.", "예측할 열.", valueName: "column"))
  var target: String?

  @OptionGroup var global: GlobalOptions

  mutating func run() async throws {
    if let limit, limit < 1 {
      throw CommandFailure.usage(
        Localized(
          "--limit \(limit): expected a number of samples from 1.",
          korean: "--limit \(limit): 1 이상의 샘플 수를 쓰십시오."))
    }
    if reference != nil, pretrained != nil {
      throw CommandFailure.usage(
        Localized(
          "--run and --pretrained name two models. Keep one of them.",
          korean: "--run과 --pretrained는 서로 다른 모델을 가리킵니다. 하나만 쓰십시오."))
    }
    var configuration = try recipe.resolved(data: data, target: target)
    if let pretrained { configuration.model.pretrained = pretrained }
    let source =
      reference == nil || data != nil ? try TensorVerb.data(data, configuration) : nil
    let request = FeaturesRequest(
      data: source, configuration: configuration, run: reference, content: content, split: split,
      limit: limit, file: output)
    try await TensorVerb.run(global) { engine, context in
      let report = try await engine.features(request, in: context)
      if context.json { try context.emit(report) } else { say(report, context) }
      try TensorVerb.exitIfInterrupted(context)
    }
  }

  private func say(_ report: FeaturesReport, _ context: CommandContext) {
    let shapes = report.arrays.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    context.say(
      Localized(
        "\(report.samples) samples in \(report.file): \(shapes.joined(separator: ", "))",
        korean: "샘플 \(report.samples)개를 \(report.file)에 썼습니다: "
          + shapes.joined(separator: ", ")))
  }
}
