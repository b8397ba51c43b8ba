import HoneRecords
import HoneText

extension Configuration {
  /// Augmentations that do not go together.
  var augmentationConflicts: [ConfigurationProblem] {
    augment.enumerated().compactMap { index, step in
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
