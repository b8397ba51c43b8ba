import Foundation
import Synchronization

/// A spelling dictionary read by hunspell, where hunspell is installed.
///
/// The library is opened at run time, so that Hone needs it only where spelling is corrected.
final class SpellingDictionary: WordSource {
  private typealias Create =
    @convention(c) (UnsafePointer<CChar>, UnsafePointer<CChar>) -> OpaquePointer?
  private typealias Destroy = @convention(c) (OpaquePointer) -> Void
  private typealias Spell = @convention(c) (OpaquePointer, UnsafePointer<CChar>) -> Int32
  private typealias List = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private typealias Suggest =
    @convention(c) (
      OpaquePointer, UnsafeMutablePointer<List?>, UnsafePointer<CChar>
    ) -> Int32
  private typealias FreeList =
    @convention(c) (OpaquePointer, UnsafeMutablePointer<List?>, Int32) -> Void
  private typealias Encoding = @convention(c) (OpaquePointer) -> UnsafePointer<CChar>?

  /// What hunspell's library is called, newest first.
  private static let libraries = [
    "libhunspell-1.7.so.0", "libhunspell-1.6.so.0", "libhunspell.so", "libhunspell-1.7.dylib",
    "/opt/homebrew/lib/libhunspell-1.7.dylib",
  ]
  /// Where distributions put dictionaries.
  private static let folders = ["/usr/share/hunspell", "/usr/share/myspell/dicts"]

  /// The library's handle, which one thread at a time may use, and what it said before.
  private struct State {
    let handle: OpaquePointer
    let spell: Spell
    let suggest: Suggest
    let freeList: FreeList
    let isUTF8: Bool
    var known: [String: [String]] = [:]
  }

  private let state: Mutex<State>
  private static let cacheLimit = 200_000
  private let destroy: Destroy
  /// The handle again, for the end, when no thread uses it.
  private let address: Int

  /// Opens a dictionary.
  /// - Parameter name: `en_US`, or the path of the two files without their ending.
  /// - Throws: `DataError.badTextAugmentation` where library or dictionary are not installed.
  init(_ name: String) throws(DataError) {
    let path = try SpellingDictionary.path(of: name)
    guard
      let library = SpellingDictionary.libraries.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first,
      let create = dlsym(library, "Hunspell_create"),
      let destroy = dlsym(library, "Hunspell_destroy"),
      let spell = dlsym(library, "Hunspell_spell"),
      let suggest = dlsym(library, "Hunspell_suggest"),
      let freeList = dlsym(library, "Hunspell_free_list"),
      let encoding = dlsym(library, "Hunspell_get_dic_encoding")
    else { throw .badTextAugmentation(.noHunspell) }
    guard
      let handle = unsafeBitCast(create, to: Create.self)(path + ".aff", path + ".dic")
    else { throw .badTextAugmentation(.noSpellingDictionary(name: name)) }
    let name = unsafeBitCast(encoding, to: Encoding.self)(handle).map { String(cString: $0) }
    self.destroy = unsafeBitCast(destroy, to: Destroy.self)
    address = Int(bitPattern: handle)
    state = Mutex(
      State(
        handle: handle, spell: unsafeBitCast(spell, to: Spell.self),
        suggest: unsafeBitCast(suggest, to: Suggest.self),
        freeList: unsafeBitCast(freeList, to: FreeList.self),
        isUTF8: name?.uppercased() == "UTF-8"))
  }

  deinit {
    if let handle = OpaquePointer(bitPattern: address) { destroy(handle) }
  }

  private static func path(of name: String) throws(DataError) -> String {
    let places = name.contains("/") ? [name] : folders.map { "\($0)/\(name)" }
    let found = places.first { place in
      [".aff", ".dic"].allSatisfy { FileManager.default.fileExists(atPath: place + $0) }
    }
    guard let found else { throw .badTextAugmentation(.noSpellingDictionary(name: name)) }
    return found
  }

  /// The best correction of a misspelled word; nothing for a word that is right or that nothing is like.
  func candidates(for piece: Int, in draft: TextDraft) -> [String] {
    let word = draft.text(piece)
    return state.withLock { state in
      if let known = state.known[word] { return known }
      let found = SpellingDictionary.corrections(of: word, state)
      if state.known.count < SpellingDictionary.cacheLimit { state.known[word] = found }
      return found
    }
  }

  private static func corrections(of word: String, _ state: State) -> [String] {
    let isPlain = word.utf8.allSatisfy { $0 < 0x80 }
    guard state.isUTF8 || isPlain, word.contains(where: \.isLetter),
      state.spell(state.handle, word) == 0
    else { return [] }
    var list: List?
    let count = state.suggest(state.handle, &list, word)
    defer { state.freeList(state.handle, &list, count) }
    guard count > 0, let first = list?[0] else { return [] }
    return [String(cString: first)]
  }
}
