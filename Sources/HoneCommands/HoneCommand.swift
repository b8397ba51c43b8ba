import ArgumentParser

/// Hone's version.
public enum HoneVersion {
  /// The version of this build.
  public static let current = "0.1.0"
}

/// The `hone` command.
struct HoneCommand: AsyncParsableCommand {
  /// What argument-parser needs to know.
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "hone",
      abstract: localized(
        "Improve deep-learning models, with evidence.", "근거를 보이며 딥러닝 모델의 성능을 높입니다."),
      discussion: localized(
        """
        EXAMPLES
          hone demo                           the whole chain on the bundled digits
          hone check photos/                  look at data before any long run
          hone train photos/ --model cnn      one run
          hone diagnose last                  what holds it back
          hone improve photos/ --budget 15m   try remedies, keep what is proven
        """,
        """
        예
          hone demo                           내장 숫자 데이터로 전체 과정을 보여 줍니다
          hone check photos/                  오래 학습하기 전에 데이터를 살펴봅니다
          hone train photos/ --model cnn      한 번 학습합니다
          hone diagnose last                  무엇이 성능을 막는지 진단합니다
          hone improve photos/ --budget 15m   개선책을 실험해 입증된 것만 남깁니다
        """),
      version: HoneVersion.current,
      groupedSubcommands: [
        CommandGroup(
          name: localized("Work", "작업"),
          subcommands: [
            DemoVerb.self, CheckVerb.self, TrainVerb.self, LearningRateFindVerb.self,
            DiagnoseVerb.self, ImproveVerb.self, SearchVerb.self, RecipeVerb.self,
            EvaluateVerb.self, PredictVerb.self,
            FeaturesVerb.self, AugmentVerb.self,
          ]),
        CommandGroup(
          name: localized("Records", "기록"),
          subcommands: [RunsVerb.self, StudiesVerb.self, ReportVerb.self, ConfigVerb.self]),
        CommandGroup(
          name: localized("Catalogues", "목록"),
          subcommands: [
            ModelsVerb.self, DataSetsVerb.self, LayersVerb.self, InitializersVerb.self,
            OptimizersVerb.self, SchedulesVerb.self, LossesVerb.self, AugmentationsVerb.self,
            MetricsVerb.self, CatalogueDocumentVerb.self, DoctorVerb.self,
          ]),
        CommandGroup(
          name: localized("Not in this version", "이 버전에 없음"),
          subcommands: [DashboardVerb.self, ExportVerb.self]),
      ])
  }
}
