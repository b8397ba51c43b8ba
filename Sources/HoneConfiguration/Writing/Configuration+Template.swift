public import HoneText

extension Configuration {
  /// A file to start from: this configuration with a comment at each key.
  public func template(_ language: Language) -> String {
    let head = Localized(
      "# A configuration of Hone. Every key may be left out; what stands here is the default.\n"
        + "# `hone config validate FILE` checks it, `hone layers` and the like list what there is.\n",
      korean: "# Hone 설정 파일입니다. 모든 키는 생략할 수 있으며, 여기 적힌 값이 기본값입니다.\n"
        + "# `hone config validate 파일`로 검사하고, `hone layers` 등으로 쓸 수 있는 것을 볼 수 있습니다.\n")
    return head.text(language) + YAMLWriter(comments: language).text(value, .configuration)
  }
}
