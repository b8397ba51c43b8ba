import Foundation

/// Common misspellings of words.
struct Misspellings: WordSource {
  private let wrong: [String: [String]]

  /// The built-in list, or a file with a word and its misspellings on each line, white space between.
  /// - Throws: `DataError.badTextAugmentation` where the file cannot be read.
  init(file: String?) throws(DataError) {
    guard let file else {
      wrong = Misspellings.table(Misspellings.common)
      return
    }
    let bytes: [UInt8]
    do {
      bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
    } catch {
      throw .unreadable(path: file, reason: FileBytes.reason(of: error))
    }
    wrong = Misspellings.table(String(decoding: bytes, as: UTF8.self))
    if wrong.isEmpty { throw .badTextAugmentation(.noMisspellings(path: file)) }
  }

  private static func table(_ text: String) -> [String: [String]] {
    var table: [String: [String]] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace).map { String($0) }
      guard words.count > 1 else { continue }
      table[words[0], default: []] += words[1...].filter { $0 != words[0] }
    }
    return table
  }

  func candidates(for piece: Int, in draft: TextDraft) -> [String] {
    let word = draft.text(piece)
    if let found = wrong[word] { return found }
    let isCased = word.utf8.contains { (0x41...0x5A).contains($0) }
    return isCased ? wrong[word.lowercased()] ?? [] : []
  }

  private static let common = """
    a an
    accommodate acommodate accomodate
    achieve acheive
    across accross
    address adress
    affect effect
    apparent apparant
    argument arguement
    beautiful beatiful beautifull
    because becuase becasue
    beginning begining
    believe beleive
    business buisness bussiness
    calendar calender
    character charachter
    coming comming
    committee comittee commitee
    completely completly
    definitely definately definatly defiantly
    different diffrent
    disappear dissapear
    disappoint dissapoint
    embarrass embarass
    environment enviroment
    especially expecially
    exciting exiting
    existence existance
    experience experiance
    familiar familar
    finally finaly
    foreign foriegn
    forty fourty
    friend freind
    government goverment
    grammar grammer
    guarantee garantee guarentee
    happened happend
    humorous humourous
    immediately immediatly
    independent independant
    interesting intresting
    it's its
    its it's
    knowledge knowlege
    library libary
    necessary neccessary necesary
    noticeable noticable
    occasion ocasion occassion
    occurred occured
    people poeple
    performance performence
    possible possable
    probably probly
    really realy
    receive recieve
    recommend reccomend recomend
    remember rember
    restaurant restaraunt
    separate seperate
    similar similiar
    sincerely sincerly
    speech speach
    successful succesful sucessful
    surprise suprise
    than then
    their there thier
    there their
    tomorrow tommorow tommorrow
    truly truely
    until untill
    weird wierd
    where were
    which wich
    writing writting
    you're your
    your you're
    가르치다 가리키다
    가만히 가만이
    거꾸로 꺼꾸로
    건드리다 건들이다
    곰곰이 곰곰히
    구태여 구지
    굳이 구지
    금세 금새
    깊숙이 깊숙히
    깨끗이 깨끗히
    꼼꼼히 꼼꼼이
    낫다 났다
    내로라하는 내노라하는
    널찍한 넓직한
    담가 담궈
    돼 되
    돼요 되요
    되고 돼고
    되는 돼는
    며칠 몇일
    무릅쓰고 무릎쓰고
    바람 바램
    봬요 뵈요
    설거지 설겆이
    설레는 설레이는
    솔직히 솔직이
    안 않
    않고 안고
    않는 안는
    않다 안다
    어떡해 어떻해 어떻게
    어이없다 어의없다
    역할 역활
    예요 에요
    오랜만에 오랫만에
    왠지 웬지
    웬만하면 왠만하면
    웬일 왠일
    으레 으례
    일부러 일부로
    일찍이 일찌기
    재작년 제작년
    찌개 찌게
    틈틈이 틈틈히
    할게 할께
    할게요 할께요
    희한한 희안한
    """
}
