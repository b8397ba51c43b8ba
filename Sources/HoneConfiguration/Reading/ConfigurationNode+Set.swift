import HoneRecords

extension ConfigurationNode {
  /// Puts a value at a path, making maps on the way and spelling out short forms that are in the
  /// way.
  ///
  /// Nothing is refused here: reading the result says what is wrong with it.
  mutating func set(
    _ steps: ArraySlice<KeyPathText.Step>, to value: ConfigurationValue, in shape: ValueShape?
  ) {
    guard let step = steps.first else {
      self = ConfigurationNode(value: value)
      return
    }
    let rest = steps.dropFirst()
    var shape = shape
    while case .optional(let inner)? = shape { shape = inner }
    switch step {
    case .key(let key): setKey(key, rest, to: value, in: shape)
    case .element(let index):
      var elements: [ConfigurationNode] = []
      if case .list(let nodes) = content { elements = nodes }
      while elements.count <= index { elements.append(ConfigurationNode(.null)) }
      var element: ValueShape?
      if case .list(let inner, _)? = shape { element = inner }
      elements[index].set(rest, to: value, in: element)
      content = .list(elements)
    }
  }

  private mutating func setKey(
    _ key: String, _ rest: ArraySlice<KeyPathText.Step>, to value: ConfigurationValue,
    in shape: ValueShape?
  ) {
    spellOut(shape)
    var entries: [Entry] = []
    if case .map(let written) = content { entries = written }
    if case .tagged(let tagged)? = shape, key == tagged.key, rest.isEmpty,
      case .string(let name) = value
    {
      entries.change(to: name, tagged)
    } else if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].value.set(rest, to: value, in: shape?.inner(key, entries))
    } else {
      var node = ConfigurationNode(.null)
      node.set(rest, to: value, in: shape?.inner(key, entries))
      entries.append(Entry(key: key, position: nil, value: node))
    }
    content = .map(entries)
  }

  /// `sgd` where `{kind: sgd}` is meant, `relu` for `{relu: {}}`, `{dropout: 0.5}` for
  /// `{dropout: {probability: 0.5}}`.
  private mutating func spellOut(_ shape: ValueShape?) {
    switch (shape, content) {
    case (.tagged(let tagged)?, .string):
      content = .map([Entry(key: tagged.key, position: position, value: self)])
    case (.component?, .string(let name)):
      content = .map([
        Entry(key: name, position: position, value: ConfigurationNode(.map([])))
      ])
    case (.component(let family)?, .map(var entries)) where entries.count == 1:
      guard let short = family.component(entries[0].key)?.shorthand else { return }
      if case .map = entries[0].value.content { return }
      entries[0].value = ConfigurationNode(
        .map([Entry(key: short, position: nil, value: entries[0].value)]))
      content = .map(entries)
    default: break
    }
  }
}

extension ValueShape {
  /// The shape behind a key of a map of this shape.
  fileprivate func inner(_ key: String, _ entries: [ConfigurationNode.Entry]) -> ValueShape? {
    switch self {
    case .object(let parameters): return parameters.first { $0.name == key }?.shape
    case .map(let element): return element
    case .component(let family): return family.component(key).map { .object($0.parameters) }
    case .tagged(let tagged):
      let parameters = (tagged.component(in: entries)?.parameters ?? []) + tagged.common
      if let parameter = parameters.first(where: { $0.name == key }) { return parameter.shape }
      return key == "layers" ? .list(.component(.layers)) : nil
    case .either(let shapes):
      return shapes.lazy.compactMap { $0.inner(key, entries) }.first
    default: return nil
    }
  }
}

extension TaggedShape {
  fileprivate func component(in entries: [ConfigurationNode.Entry]) -> Component? {
    for entry in entries where entry.key == key {
      if case .string(let name) = entry.value.content { return family.component(name) }
    }
    let short = family.components.first { component in
      component.shorthand == component.name && entries.contains { $0.key == component.name }
    }
    if let short { return short }
    return usual.flatMap { family.component($0) }
  }
}

extension [ConfigurationNode.Entry] {
  /// Names another component: what it does not know, and what stood at the old one's defaults,
  /// goes.
  fileprivate mutating func change(to name: String, _ shape: TaggedShape) {
    let old = shape.component(in: self)
    if let new = shape.family.component(name), old?.name != name {
      let common = Set(shape.common.map(\.name))
      self = filter { entry in
        if common.contains(entry.key) { return true }
        guard new.parameters.contains(where: { $0.name == entry.key }) else { return false }
        let usual = old?.parameters.first { $0.name == entry.key }?.defaultText.written
        return usual == nil || usual != entry.value.value
      }
    } else {
      self = filter { $0.key != shape.key }
    }
    insert(
      .init(key: shape.key, position: nil, value: ConfigurationNode(.string(name))), at: 0)
  }
}
