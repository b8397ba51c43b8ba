public import HoneNN
import HoneNumerics

extension StateDictionary {
  /// A digest of names, shapes and bytes, to compare repetitions of a run by.
  public var quickDigest: String {
    var digest = QuickDigest()
    for entry in entries {
      digest.update("\(entry.name) \(entry.value.dtype.rawValue) \(entry.value.shape)")
      entry.value.bytes.withUnsafeBytes { digest.update($0) }
    }
    return digest.hexDigest
  }
}
