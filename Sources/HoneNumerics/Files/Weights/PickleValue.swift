/// A value that a pickle describes.
///
/// Containers are numbers of places in a `PickleHeap`, so that a pickle may share and nest them as
/// it likes, in circles too, without recursion or leaks here.
enum PickleValue: Sendable, Equatable {
  case none
  case flag(Bool)
  case integer(Int)
  /// A number too wide for a machine word, little-endian.
  case wideInteger([UInt8])
  case number(Double)
  case text(String)
  case list(Int)
  case dictionary(Int)
  case tuple(Int)
  case global(PickleGlobal)
  case storage(Int)
  case tensor(Int)
  /// A value of an allowed kind that nobody needs: bytes, a NumPy scalar, a device.
  case opaque
}

/// The containers of a pickle.
struct PickleHeap: Sendable {
  var lists: [[PickleValue]] = []
  var dictionaries: [[(key: PickleValue, value: PickleValue)]] = []
  var tuples: [[PickleValue]] = []
  var storages: [StorageRecord] = []
  var tensors: [TensorRecord] = []
  private var storageNumbers: [StorageRecord: Int] = [:]

  mutating func newList(_ items: [PickleValue] = []) -> PickleValue {
    lists.append(items)
    return .list(lists.count - 1)
  }

  mutating func newDictionary() -> PickleValue {
    dictionaries.append([])
    return .dictionary(dictionaries.count - 1)
  }

  mutating func newTuple(_ items: [PickleValue]) -> PickleValue {
    tuples.append(items)
    return .tuple(tuples.count - 1)
  }

  /// The same record twice is the same storage.
  mutating func newStorage(_ record: StorageRecord) -> PickleValue {
    if let known = storageNumbers[record] { return .storage(known) }
    storages.append(record)
    storageNumbers[record] = storages.count - 1
    return .storage(storages.count - 1)
  }

  /// The items of a tuple or a list; nil for other values.
  func items(_ value: PickleValue) -> [PickleValue]? {
    switch value {
    case .tuple(let index): tuples[index]
    case .list(let index): lists[index]
    default: nil
    }
  }

  /// The numbers of a tuple or a list of whole numbers; nil for anything else.
  func integers(_ value: PickleValue) -> [Int]? {
    guard let items = items(value) else { return nil }
    var numbers: [Int] = []
    for item in items {
      guard case .integer(let number) = item else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// The entries of a dictionary under text keys, in order, the last of equal keys standing.
  func textEntries(_ index: Int) -> [(key: String, value: PickleValue)] {
    var positions: [String: Int] = [:]
    var entries: [(key: String, value: PickleValue)] = []
    for (key, value) in dictionaries[index] {
      guard case .text(let name) = key else { continue }
      if let position = positions[name] {
        entries[position].value = value
      } else {
        positions[name] = entries.count
        entries.append((name, value))
      }
    }
    return entries
  }
}
