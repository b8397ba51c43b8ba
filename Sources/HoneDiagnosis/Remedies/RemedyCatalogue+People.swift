import HoneRecords
import HoneText

/// What only a person can do.
extension RemedyCatalogue {
  /// Labels to look at.
  var relabel: Remedy? {
    person(
      "relabel",
      "Look at the samples that the model contradicts with confidence and correct wrong labels.",
      "모델이 확신을 가지고 다르게 답한 표본을 확인하고 잘못된 라벨을 고치십시오.")
  }

  /// Samples to gather.
  var collect: Remedy? {
    let few = zip(run.task.classes, run.task.classCounts).min { $0.1 < $1.1 }
    guard let few, run.task.classCounts.max() ?? 0 > 2 * few.1 else {
      return person(
        "collect", "Collect more samples like those that the model gets wrong.",
        "모델이 틀린 표본과 비슷한 표본을 더 모으십시오.")
    }
    return person(
      "collect", "Collect more samples of \(few.0): there are only \(few.1).",
      "\(few.0) 클래스의 표본을 더 모으십시오. 현재 \(few.1)개뿐입니다.")
  }

  /// Splits drawn anew.
  var splitByGroup: Remedy? {
    person(
      "split-by-group",
      "Keep samples of one origin in one split (data.group) and remove copies across splits.",
      "같은 출처의 표본은 한 분할에만 두고(data.group) 분할 사이의 중복을 제거하십시오.")
  }

  /// Splits that resemble each other.
  var matchSplits: Remedy? {
    person(
      "match-splits",
      "Draw validation and training samples from the same sources and prepare them the same way.",
      "검증 데이터와 학습 데이터를 같은 출처에서 뽑고 같은 방식으로 전처리하십시오.")
  }

  /// Copies to remove.
  var removeDuplicates: Remedy? {
    person(
      "remove-duplicates", "Remove copies of samples, in any case those across splits.",
      "중복 표본을 제거하십시오. 분할 사이의 중복은 반드시 제거해야 합니다.")
  }

  /// Columns to drop.
  var dropConstant: Remedy? {
    person(
      "drop-constant", "Remove features that have one value everywhere.",
      "값이 모두 같은 특성을 제거하십시오.")
  }

  /// A program to mend.
  var checkCode: Remedy? {
    person(
      "check-code",
      "Check the sign of the loss, parameters that get no gradient, and operations along the batch.",
      "손실의 부호, 기울기를 받지 못하는 매개변수, 배치 방향의 연산을 확인하십시오.")
  }

  private func person(_ id: String, _ english: String, _ korean: String) -> Remedy {
    Remedy(
      id: id, change: [:], effort: .manual, rationale: Localized(english, korean: korean))
  }
}
