extension PickleMachine {
  mutating func performOnContainers(_ operation: PickleOperation) throws(WeightProblem) {
    switch operation {
    case .emptyTuple: stack.append(heap.newTuple([]))
    case .tuple1: try pushTuple(1)
    case .tuple2: try pushTuple(2)
    case .tuple3: try pushTuple(3)
    case .tuple: stack.append(heap.newTuple(try popToMark()))
    case .emptyList: stack.append(heap.newList())
    case .list: stack.append(heap.newList(try popToMark()))
    case .append: try extend(with: [try pop()])
    case .appends: try extend(with: try popToMark())
    case .emptyDictionary: stack.append(heap.newDictionary())
    case .dictionary:
      let items = try popToMark()
      stack.append(heap.newDictionary())
      try insert(items)
    case .setItem:
      let value = try pop()
      try insert([try pop(), value])
    case .setItems: try insert(try popToMark())
    case .emptySet: stack.append(.opaque)
    case .addItems: _ = try popToMark()
    default:  // frozenSet
      _ = try popToMark()
      stack.append(.opaque)
    }
  }

  private mutating func pushTuple(_ count: Int) throws(WeightProblem) {
    var items: [PickleValue] = []
    for _ in 0..<count { items.append(try pop()) }
    stack.append(heap.newTuple(items.reversed()))
  }

  private mutating func extend(with items: [PickleValue]) throws(WeightProblem) {
    switch try top() {
    case .list(let index): heap.lists[index] += items
    case .opaque: return
    default: throw .malformed("item without a list", at: cursor.offset)
    }
  }

  /// Puts keys and values, taking turns, into the dictionary on top of the stack.
  private mutating func insert(_ items: [PickleValue]) throws(WeightProblem) {
    guard case .dictionary(let index) = try top(), items.count.isMultiple(of: 2) else {
      throw .malformed("entry without a dictionary", at: cursor.offset)
    }
    for position in stride(from: 0, to: items.count, by: 2) {
      heap.dictionaries[index].append((items[position], items[position + 1]))
    }
  }
}
