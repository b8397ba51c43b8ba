import HoneTensor

/// Finds the parts of a module by reflection.
///
/// The only place in the package that reflects.
///
/// Nothing is ever written through reflection: parts are references, so reading them is enough.
package enum ModuleWalker {
  /// The parts in stored properties, in declaration order, those of a superclass first.
  static func children(of module: any Module) -> [ModuleChild] {
    var found: [ModuleChild] = []
    for (name, value) in properties(of: module) { collect(value, named: name, into: &found) }
    return found
  }

  /// The name of a module's type, as code spells it: `Linear`.
  package static func typeName(of module: any Module) -> String { "\(type(of: module))" }

  /// The paths of stored properties whose state `children` cannot reach: bare tensors, and
  /// parameters or modules inside structs, tuples and enums.
  package static func hiddenState(in module: any Module) -> [String] {
    properties(of: module).flatMap { name, value in hidden(in: value, at: name, isReachable: true) }
  }

  private static func properties(of module: any Module) -> [(name: String, value: Any)] {
    var levels: [Mirror] = [Mirror(reflecting: module)]
    while let parent = levels.last?.superclassMirror { levels.append(parent) }
    return levels.reversed().flatMap { level in
      level.children.map { child in
        // A lazy property is stored under a name that no declaration can have.
        let name = child.label ?? "_"
        let prefix = "$__lazy_storage_$_"
        return (name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name, child.value)
      }
    }
  }

  private static func collect(_ value: Any, named name: String, into found: inout [ModuleChild]) {
    switch value {
    case let parameter as Parameter:
      found.append(ModuleChild(name: name, content: .parameter(parameter)))
    case let buffer as Buffer:
      found.append(ModuleChild(name: name, content: .buffer(buffer)))
    case let module as any Module:
      found.append(ModuleChild(name: name, content: .module(module)))
    default:
      for (key, element) in elements(of: value) {
        collect(element, named: key.isEmpty ? name : "\(name).\(key)", into: &found)
      }
    }
  }

  /// The elements of an array, a dictionary with string keys or an optional; nothing for others.
  private static func elements(of value: Any) -> [(key: String, value: Any)] {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
      return mirror.children.map { ("", $0.value) }
    case .collection:
      return mirror.children.enumerated().map { ("\($0.offset)", $0.element.value) }
    case .dictionary:
      return mirror.children.compactMap { pair in
        let parts = Array(Mirror(reflecting: pair.value).children)
        guard parts.count == 2, let key = parts[0].value as? String else { return nil }
        return (key, parts[1].value)
      }.sorted { $0.0 < $1.0 }
    default:
      return []
    }
  }

  private static func hidden(in value: Any, at path: String, isReachable: Bool) -> [String] {
    if value is Tensor { return [path] }
    if value is Parameter || value is Buffer || value is any Module {
      return isReachable ? [] : [path]
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional, .collection:
      return elements(of: value).flatMap {
        hidden(in: $0.value, at: "\(path).\($0.key)", isReachable: isReachable)
      }
    case .dictionary where value is [String: Any]:
      return elements(of: value).flatMap {
        hidden(in: $0.value, at: "\(path).\($0.key)", isReachable: isReachable)
      }
    case .struct, .tuple, .enum, .dictionary, .set:
      return mirror.children.flatMap {
        hidden(in: $0.value, at: "\(path).\($0.label ?? "_")", isReachable: false)
      }
    default:
      return []
    }
  }
}
