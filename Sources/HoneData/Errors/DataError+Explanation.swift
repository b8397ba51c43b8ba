public import HoneText

extension DataError {
  /// What came, what was expected, what to do.
  public var explanation: Localized {
    switch self {
    case .pathNotFound, .notInstalled, .unreadable, .unwritable, .emptyFolder, .unrecognized,
      .unsupported:
      placeExplanation
    case .singleClass, .badImage, .badFile, .countMismatch, .labelOutOfRange, .unknownClass:
      contentExplanation
    case .raggedRow, .textInNumericColumn, .targetNotNamed, .missingColumn, .missingTarget,
      .badTime, .noRows:
      tableExplanation
    case .tooFewSamples, .augmentationNeedsImages,
      .badNormalization:
      requestExplanation
    case .badVectors(let path, let line, let problem):
      Self.badVectors(path, line, problem)
    case .badTextAugmentation(let problem): problem.explanation
    case .badSample(let index, let cause): Self.badSample(index, cause.explanation)
    }
  }

  private static func badSample(_ index: Int, _ cause: Localized) -> Localized {
    Localized(
      "Sample \(index) cannot be loaded. \(cause.english) To go on without such samples, set "
        + "data.onError to skip or replace.",
      korean: "표본 \(index)번을 불러올 수 없습니다. \(cause.korean) 이런 표본 없이 계속하려면 data.onError를 "
        + "skip 또는 replace로 지정하십시오.")
  }

  private static func badVectors(
    _ path: String, _ line: Int, _ problem: VectorFileProblem
  ) -> Localized {
    let reason = problem.explanation
    if line == 0 {
      return Localized(
        "The word vectors '\(path)' cannot be used: \(reason.english)",
        korean: "단어 벡터 '\(path)'을(를) 쓸 수 없습니다: \(reason.korean)")
    }
    return Localized(
      "Line \(line) of the word vectors '\(path)' cannot be read: \(reason.english)",
      korean: "단어 벡터 '\(path)'의 \(line)번째 줄을 읽을 수 없습니다: \(reason.korean)")
  }

  private var placeExplanation: Localized {
    switch self {
    case .pathNotFound(let path, let builtIn):
      let names = builtIn.joined(separator: ", ")
      let near = nearestMatch(to: path, among: builtIn)
      let hint = near.map { "Did you mean '\($0)'? " } ?? ""
      let hintKorean = near.map { "'\($0)'을(를) 찾으셨습니까? " } ?? ""
      return Localized(
        "There is no file or folder '\(path)'. \(hint)Give a path, or one of: \(names).",
        korean: "파일이나 폴더 '\(path)'이(가) 없습니다. \(hintKorean)경로 또는 다음 이름 가운데 하나를 지정하십시오: \(names).")
    case .notInstalled(let name, let folder, let files):
      return notInstalled(name: name, folder: folder, files: files.joined(separator: ", "))
    case .unreadable(let path, let reason):
      return Localized(
        "'\(path)' cannot be read: \(reason).", korean: "'\(path)'을(를) 읽을 수 없습니다: \(reason).")
    case .unwritable(let path, let reason):
      return Localized(
        "'\(path)' cannot be written: \(reason).", korean: "'\(path)'에 쓸 수 없습니다: \(reason).")
    case .emptyFolder(let path):
      return Localized(
        "The folder '\(path)' holds no samples. Expected are one folder of image files for "
          + "each class, IDX files, or CIFAR-10 binary files.",
        korean: "폴더 '\(path)'에 표본이 없습니다. 클래스마다 이미지 파일을 담은 폴더, IDX 파일, "
          + "CIFAR-10 이진 파일 가운데 하나가 있어야 합니다.")
    case .unrecognized(let path, let found):
      return Localized(
        "'\(path)' is not data that Hone knows: \(found). Expected are class folders of image files "
          + "(JPEG, PNG, WebP, BMP), IDX files, CIFAR-10 binary files, or a CSV or TSV file.",
        korean: "'\(path)'은(는) Hone이 아는 데이터가 아닙니다: \(found). 이미지(JPEG, PNG, WebP, BMP)를 담은 클래스 폴더, "
          + "IDX 파일, CIFAR-10 이진 파일, CSV 또는 TSV 파일이어야 합니다.")
    case .unsupported(let path, let kind):
      return Localized(
        "'\(path)' is \(kind), which Hone does not read yet. Convert it to a CSV file or class "
          + "folders of images.",
        korean: "'\(path)'은(는) \(kind) 형식이며 Hone이 아직 읽지 못합니다. CSV 파일이나 이미지 클래스 폴더로 "
          + "바꾸십시오.")
    default: fatalError("placeExplanation was asked for \(self), which is of another kind.")
    }
  }

  private func notInstalled(name: String, folder: String?, files: String) -> Localized {
    guard let folder else {
      return Localized(
        "The data set '\(name)' is not built in and no data folder is set. Put its files (\(files)) "
          + "into a folder '\(name)' and set HONE_DATA to the folder above; Hone does not download.",
        korean: "데이터 세트 '\(name)'은(는) 내장되어 있지 않고 데이터 폴더도 지정되지 않았습니다. 파일(\(files))을 "
          + "'\(name)' 폴더에 넣고 그 상위 폴더를 HONE_DATA로 지정하십시오. Hone은 내려받지 않습니다.")
    }
    return Localized(
      "The data set '\(name)' was looked for in '\(folder)' and is not there. Put its files "
        + "(\(files)) into that folder, or set HONE_DATA to the folder that holds '\(name)'; Hone "
        + "does not download.",
      korean: "데이터 세트 '\(name)'을(를) '\(folder)'에서 찾았으나 없습니다. 파일(\(files))을 그 폴더에 넣거나 "
        + "'\(name)' 폴더가 있는 폴더를 HONE_DATA로 지정하십시오. Hone은 내려받지 않습니다.")
  }

  private var contentExplanation: Localized {
    switch self {
    case .singleClass(let path, let name):
      return Localized(
        "'\(path)' has only one class, '\(name)'. Classification needs at least two.",
        korean: "'\(path)'에 클래스가 '\(name)' 하나뿐입니다. 분류에는 두 개 이상이 필요합니다.")
    case .badImage(let path, let reason):
      return Localized(
        "The image '\(path)' cannot be decoded: \(reason). Replace or remove the file.",
        korean: "이미지 '\(path)'을(를) 해독할 수 없습니다: \(reason). 파일을 바꾸거나 지우십시오.")
    case .badFile(let path, let reason):
      return Localized(
        "'\(path)' is damaged or of another format: \(reason). Fetch the file again.",
        korean: "'\(path)'이(가) 손상되었거나 다른 형식입니다: \(reason). 파일을 다시 받으십시오.")
    case .countMismatch(let images, let imageCount, let labels, let labelCount):
      return Localized(
        "'\(images)' holds \(imageCount) images but '\(labels)' holds \(labelCount) labels. There "
          + "must be one label for each image.",
        korean: "'\(images)'에는 이미지가 \(imageCount)개 있으나 '\(labels)'에는 레이블이 \(labelCount)개 있습니다. "
          + "이미지마다 레이블이 하나씩 있어야 합니다.")
    case .labelOutOfRange(let path, let index, let label, let classes):
      return Localized(
        "Sample \(index) of '\(path)' has the label \(label); labels must be 0 to \(classes - 1).",
        korean: "'\(path)'의 표본 \(index)번 레이블이 \(label)입니다. 레이블은 0에서 \(classes - 1)까지여야 합니다.")
    case .unknownClass(let path, let name, let known):
      let near = nearestMatch(to: name, among: known)
      let names = known.prefix(20).joined(separator: ", ")
      return Localized(
        "'\(path)' has the class '\(name)', which the training data do not have"
          + (near.map { "; the nearest is '\($0)'" } ?? "") + ". Known classes: \(names).",
        korean: "'\(path)'에 훈련 데이터에 없는 클래스 '\(name)'이(가) 있습니다"
          + (near.map { ". 가장 가까운 클래스는 '\($0)'입니다" } ?? "") + ". 알려진 클래스: \(names).")
    default: fatalError("contentExplanation was asked for \(self), which is of another kind.")
    }
  }
}
