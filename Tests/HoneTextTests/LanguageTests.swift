import HoneText
import Testing

struct LanguageTests {
  @Test(
    "a locale's name chooses the language, English where it names no other",
    arguments: [
      ("ko_KR.UTF-8", Language.korean), ("ko", .korean), ("en_US.UTF-8", .english),
      ("C", .english), ("de_DE", .english), ("", .english),
    ])
  func locale(name: String, expected: Language) {
    #expect(Language(locale: name) == expected)
  }

  @Test("no locale means English")
  func none() {
    #expect(Language(locale: nil) == .english)
  }

  @Test("sentences join language by language")
  func join() {
    let both = Localized("One.", korean: "하나.") + Localized("Two.", korean: "둘.")
    #expect(both.text(.english) == "One. Two.")
    #expect(both.text(.korean) == "하나. 둘.")
    #expect(Localized(verbatim: "a/b").text(.korean) == "a/b")
  }
}
