import ArgumentParser
import HoneText

/// `hone augment`: what augmentation does to the data, as a picture.
struct AugmentVerb: AsyncParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "augment",
      abstract: localized(
        "Draw a contact sheet of what augmentation does: each row an original and its variants; a file "
          + "of lines for texts.",
        "데이터 증강 결과를 그림으로 만듭니다. 한 줄에 원본과 변형들을 놓습니다. 텍스트는 텍스트 파일로 씁니다."),
      discussion: localized(
        """
        A variant is what the training would see of the sample in that epoch; --json prints every
        parameter that was drawn.

        EXAMPLES
          hone augment cifar10 --set 'augment=[trivialAugment]' -o sheet.png
          hone augment photos/ --config run.yaml --sample 4711 --epoch 3 --variants 1 --json
        """,
        """
        변형은 그 에폭의 훈련에서 실제로 쓰이는 이미지입니다. --json이면 뽑힌 매개변수를 모두 씁니다.

        예
          hone augment cifar10 --set 'augment=[trivialAugment]' -o sheet.png
          hone augment photos/ --config run.yaml --sample 4711 --epoch 3 --variants 1 --json
        """))
  }

  @Argument(
    help: help(
      "A built-in name, a folder or a file.", "내장 데이터 이름, 폴더 또는 파일.", valueName: "DATA"))
  var data: String?

  @Option(
    name: [.short, .customLong("output")],
    help: help("The PNG file to write.", "쓸 PNG 파일.", valueName: "FILE"))
  var output = "sheet.png"

  @Option(
    name: .customLong("sample"), parsing: .singleValue,
    help: help(
      "A sample to show, by its number in the data; repeatable.",
      "보여 줄 샘플의 번호. 여러 번 쓸 수 있습니다.", valueName: "N"))
  var samples: [Int] = []

  @Option(help: help("Samples to show where none is named.", "번호를 쓰지 않을 때 보여 줄 샘플 수."))
  var count = 8

  @Option(help: help("The first epoch to show.", "처음으로 보여 줄 에폭."))
  var epoch = 1

  @Option(help: help("Variants of each sample, one for each epoch.", "샘플마다의 변형 수. 에폭마다 하나."))
  var variants = 7

  @OptionGroup var recipe: RecipeOptions

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    for (name, value, least) in [
      ("--count", count, 1), ("--epoch", epoch, 0), ("--variants", variants, 1),
      ("--sample", samples.min() ?? 0, 0),
    ] where value < least {
      throw ValidationError(
        localized("\(name): at least \(least).", "\(name): \(least) 이상이어야 합니다."))
    }
  }

  mutating func run() async throws {
    let configuration = try recipe.resolved(data: data)
    let request = AugmentRequest(
      data: try TensorVerb.data(data, configuration), configuration: configuration,
      samples: samples, count: count, epoch: epoch, variants: variants,
      file: CommandEnvironment.current?.absolute(output) ?? output)
    try await TensorVerb.run(global) { engine, context in
      let report = try await engine.augment(request, in: context)
      if context.json { try context.emit(report) } else { say(report, context) }
      try TensorVerb.exitIfInterrupted(context)
    }
  }

  private func say(_ report: AugmentReport, _ context: CommandContext) {
    let steps = report.steps.joined(separator: ", ")
    let epochs = "\(epoch)...\(epoch + variants - 1)"
    context.say(
      Localized(
        "\(report.samples.count) samples in epochs \(epochs), originals on the left: \(report.file)\n"
          + "Steps: \(steps). Drawn from the seed \(report.seed).",
        korean: "샘플 \(report.samples.count)개의 에폭 \(epochs) 변형, 왼쪽이 원본: \(report.file)\n"
          + "단계: \(steps). 시드 \(report.seed)에서 뽑았습니다."))
  }
}
