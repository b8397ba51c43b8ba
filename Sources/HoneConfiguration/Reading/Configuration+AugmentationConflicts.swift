import HoneRecords
import HoneText

extension Configuration {
  /// Augmentations that do not go together.
  var augmentationConflicts: [ConfigurationProblem] {
    augment.enumerated().compactMap { index, step in
      if case .forClasses = step, step.mixesLabels {
        return problem(
          at: "augment[\(index)]",
          Localized(
            "mixUp and cutMix mix samples of all classes and cannot be meant for some. Put them outside "
              + "of forClasses.",
            korean: "mixUp과 cutMix는 모든 클래스의 샘플을 섞으므로 일부 클래스에만 쓸 수 없습니다. forClasses 밖에 "
              + "두십시오."))
      }
      guard step.mixesLabels, step.inner.contains(where: { !$0.mixesLabels }) else { return nil }
      return problem(
        at: "augment[\(index)]",
        Localized(
          "mixUp and cutMix mix whole batches and cannot stand in one combination with steps that "
            + "change single images. Put them into combinations of their own.",
          korean: "mixUp과 cutMix는 배치 전체를 섞으므로 이미지 하나를 바꾸는 단계와 한 조합에 둘 수 없습니다. 따로 "
            + "묶으십시오."))
    }
  }
}
