import HoneText

extension PickleMachine {
  mutating func performOnObjects(_ operation: PickleOperation) throws(WeightProblem) {
    switch operation {
    case .globalLine:
      let module = try cursor.line()
      stack.append(.global(try PickleGlobal(module: module, name: try cursor.line())))
    case .globalOfStack:
      guard case .text(let name) = try pop(), case .text(let module) = try pop() else {
        throw .malformed("name of a class", at: cursor.offset)
      }
      stack.append(.global(try PickleGlobal(module: module, name: name)))
    case .reduce, .newObject:
      let arguments = try pop()
      stack.append(try call(try pop(), arguments, depth: 0))
    case .newObjectWithNames:
      _ = try pop()
      let arguments = try pop()
      stack.append(try call(try pop(), arguments, depth: 0))
    case .persistentIdentifier: stack.append(try storage(try pop()))
    default:  // build
      _ = try pop()
      // Attributes of a dictionary, a data type or a tensor are nothing to us.
      switch try top() {
      case .dictionary, .opaque, .tensor: return
      default: throw .malformed("object state", at: cursor.offset)
      }
    }
  }

  private mutating func call(
    _ function: PickleValue, _ arguments: PickleValue, depth: Int
  ) throws(WeightProblem) -> PickleValue {
    guard case .global(let global) = function, let items = heap.items(arguments) else {
      throw .malformed("call", at: cursor.offset)
    }
    switch global {
    case .dictionary: return try newDictionary(items)
    case .tensor where items.count >= 4:
      return try newTensor(items, dtype: nil, metadata: items.count > 6 ? items[6] : .none)
    case .tensorOfType where items.count >= 7:
      guard case .global(.elementType(let dtype)) = items[6] else { break }
      return try newTensor(items, dtype: dtype, metadata: items.count > 7 ? items[7] : .none)
    case .parameter:
      guard case .tensor? = items.first else { break }
      return items[0]
    case .wrapper where depth == 0 && items.count >= 3:
      return try call(items[0], items[2], depth: 1)
    case .identity where items.count == 1: return items[0]
    case .opaque: return .opaque
    default: break
    }
    throw .malformed("arguments of a call", at: cursor.offset)
  }

  /// Old protocols fill a dictionary from a list of pairs.
  private mutating func newDictionary(_ arguments: [PickleValue]) throws(WeightProblem)
    -> PickleValue
  {
    let dictionary = heap.newDictionary()
    guard case .dictionary(let index) = dictionary, let argument = arguments.first else {
      return dictionary
    }
    if case .dictionary(let other) = argument {
      heap.dictionaries[index] = heap.dictionaries[other]
      return dictionary
    }
    for pair in heap.items(argument) ?? [] {
      guard let parts = heap.items(pair), parts.count == 2 else {
        throw .malformed("entry of a dictionary", at: cursor.offset)
      }
      heap.dictionaries[index].append((parts[0], parts[1]))
    }
    return dictionary
  }

  /// The arguments are storage, offset, sizes, strides and what does not concern values.
  private mutating func newTensor(
    _ arguments: [PickleValue], dtype given: DType?, metadata: PickleValue
  ) throws(WeightProblem) -> PickleValue {
    guard case .storage(let number) = arguments[0], case .integer(let offset) = arguments[1],
      let shape = heap.integers(arguments[2]), let strides = heap.integers(arguments[3]),
      let dtype = given ?? heap.storages[number].dtype
    else { throw .malformed("description of a tensor", at: cursor.offset) }
    if case .dictionary(let index) = metadata,
      heap.dictionaries[index].contains(where: { $0.value == .flag(true) })
    {
      throw .unsupported(
        Localized(
          "it holds a tensor that is a conjugate or negated view. Save tensor.clone().",
          korean: "켤레 또는 부호 반전 뷰인 텐서가 있습니다. tensor.clone()을 저장하십시오."))
    }
    heap.tensors.append(
      try TensorRecord(
        storage: number, of: heap.storages[number], dtype: dtype, offset: offset, shape: shape,
        strides: strides))
    return .tensor(heap.tensors.count - 1)
  }

  /// `('storage', type, key, device, count)` and in legacy files `(key, offset, count)` of a part.
  private mutating func storage(_ identifier: PickleValue) throws(WeightProblem) -> PickleValue {
    guard let items = heap.items(identifier), items.count >= 5, items[0] == .text("storage"),
      case .global(let type) = items[1], case .text(let key) = items[2],
      case .integer(let count) = items[4], count >= 0
    else { throw .malformed("reference to a storage", at: cursor.offset) }
    var record = StorageRecord(key: key, dtype: nil, count: count, view: nil)
    switch type {
    case .storage(let dtype): record.dtype = dtype
    case .untypedStorage: break
    default: throw .malformed("type of a storage", at: cursor.offset)
    }
    if items.count > 5, let view = heap.items(items[5]) {
      guard view.count == 3, case .integer(let start) = view[1],
        case .integer(let length) = view[2],
        start >= 0, length >= 0, start <= count, length <= count - start
      else { throw .malformed("part of a storage", at: cursor.offset) }
      record.view = start..<(start + length)
    }
    return heap.newStorage(record)
  }
}
