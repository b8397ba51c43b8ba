import Foundation

/// Reads a pickle into plain values.
///
/// This is the stack machine of Python's `pickletools` with the calls taken out: a call gives one of the few results that `PickleGlobal` lists, and nothing is ever run.
///
/// Time and memory are bounded by the length of the pickle and by `maximumOperations`.
struct PickleMachine {
  var cursor: ByteCursor
  var heap = PickleHeap()
  var stack: [PickleValue] = []
  /// The heights of the stack at which open marks stand.
  var marks: [Int] = []
  var memo: [Int: PickleValue] = [:]

  /// A state of ten thousand tensors takes a third of a million.
  static let maximumOperations = 5_000_000

  init(_ cursor: ByteCursor) { self.cursor = cursor }

  /// Reads one pickle and leaves the cursor behind it; earlier results of this machine stay valid.
  mutating func run() throws(WeightProblem) -> PickleValue {
    stack = []
    marks = []
    memo = [:]
    for _ in 0..<Self.maximumOperations {
      let start = cursor.offset
      let code = try cursor.byte()
      guard let operation = PickleOperation(rawValue: code) else {
        throw .malformed("pickle operation \(code)", at: start)
      }
      if operation == .stop { return try pop() }
      try perform(operation)
    }
    throw .malformed("length of the pickle", at: cursor.offset)
  }

  private mutating func perform(_ operation: PickleOperation) throws(WeightProblem) {
    switch operation {
    case .mark: marks.append(stack.count)
    case .emptyTuple, .tuple, .tuple1, .tuple2, .tuple3, .emptyList, .list, .append, .appends,
      .emptyDictionary, .dictionary, .setItem, .setItems, .emptySet, .addItems, .frozenSet:
      try performOnContainers(operation)
    case .pop, .popMark, .duplicate, .getLine, .get1, .get4, .putLine, .put1, .put4, .memoize:
      try performOnMemory(operation)
    case .globalLine, .globalOfStack, .reduce, .newObject, .newObjectWithNames, .build,
      .persistentIdentifier:
      try performOnObjects(operation)
    case .protocol: _ = try cursor.byte()
    case .frame: _ = try cursor.bytes(8)
    default: stack.append(try value(operation))
    }
  }

  // MARK: The stack

  mutating func pop() throws(WeightProblem) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else {
      throw .malformed("use of an empty stack", at: cursor.offset)
    }
    return value
  }

  func top() throws(WeightProblem) -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.last else {
      throw .malformed("use of an empty stack", at: cursor.offset)
    }
    return value
  }

  /// Takes what was pushed since the last mark.
  mutating func popToMark() throws(WeightProblem) -> [PickleValue] {
    guard let mark = marks.popLast() else {
      throw .malformed("end without a mark", at: cursor.offset)
    }
    let items = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return items
  }

  private mutating func performOnMemory(_ operation: PickleOperation) throws(WeightProblem) {
    switch operation {
    case .pop:
      // Popping at a mark takes the mark away.
      if let mark = marks.last, mark == stack.count { marks.removeLast() } else { _ = try pop() }
    case .popMark: _ = try popToMark()
    case .duplicate: stack.append(try top())
    case .getLine: try recall(try number(of: cursor.line()))
    case .get1: try recall(cursor.length(1))
    case .get4: try recall(cursor.length(4))
    case .putLine: memo[try number(of: cursor.line())] = try top()
    case .put1: memo[try cursor.length(1)] = try top()
    case .put4: memo[try cursor.length(4)] = try top()
    default: memo[memo.count] = try top()
    }
  }

  private mutating func recall(_ index: Int) throws(WeightProblem) {
    guard let value = memo[index] else {
      throw .malformed("reference \(index)", at: cursor.offset)
    }
    stack.append(value)
  }

  private func number(of line: String) throws(WeightProblem) -> Int {
    guard let number = Int(line) else { throw .malformed("number", at: cursor.offset) }
    return number
  }

  // MARK: Values

  private mutating func value(_ operation: PickleOperation) throws(WeightProblem) -> PickleValue {
    switch operation {
    case .none: return .none
    case .flagTrue: return .flag(true)
    case .flagFalse: return .flag(false)
    case .integer1: return .integer(try cursor.length(1))
    case .integer2: return .integer(try cursor.length(2))
    case .integer4: return .integer(try cursor.signed(4))
    case .long1: return try wideInteger(try cursor.length(1))
    case .long4: return try wideInteger(try cursor.length(4))
    case .number:
      return .number(Double(bitPattern: UInt64(bigEndianBytes: try cursor.bytes(8))))
    case .unicode1: return .text(try cursor.text(try cursor.length(1)))
    case .unicode4: return .text(try cursor.text(try cursor.length(4)))
    case .unicode8: return .text(try cursor.text(try cursor.length(8)))
    case .string1: return latin(try cursor.bytes(try cursor.length(1)))
    case .string4: return latin(try cursor.bytes(try cursor.length(4)))
    case .bytes1: return try passed(try cursor.length(1))
    case .bytes4: return try passed(try cursor.length(4))
    case .bytes8, .byteArray8: return try passed(try cursor.length(8))
    default: return try lineValue(operation)
    }
  }

  /// The values that protocol 0 writes as lines of text.
  private mutating func lineValue(
    _ operation: PickleOperation
  ) throws(WeightProblem) -> PickleValue {
    let line = try cursor.line()
    switch operation {
    case .integerLine where line == "00" || line == "01": return .flag(line == "01")
    case .integerLine: return .integer(try number(of: line))
    case .longLine:
      return .integer(try number(of: line.hasSuffix("L") ? "\(line.dropLast())" : line))
    case .numberLine: return .number(Double(line) ?? .nan)
    case .stringLine where line.count >= 2: return .text("\(line.dropFirst().dropLast())")
    case .unicodeLine: return .text(line)
    default: throw .malformed("line", at: cursor.offset)
    }
  }

  private mutating func wideInteger(_ width: Int) throws(WeightProblem) -> PickleValue {
    if width <= 8 { return .integer(try cursor.signed(width)) }
    return .wideInteger([UInt8](try cursor.bytes(width)))
  }

  /// Strings of Python 2 are bytes; names in them are ASCII.
  private func latin(_ bytes: Data) -> PickleValue {
    .text(String(decoding: bytes, as: UTF8.self))
  }

  private mutating func passed(_ count: Int) throws(WeightProblem) -> PickleValue {
    _ = try cursor.bytes(count)
    return .opaque
  }
}

extension UInt64 {
  fileprivate init(bigEndianBytes bytes: Data) {
    self = bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
