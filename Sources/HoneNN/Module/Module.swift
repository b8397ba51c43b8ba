public import HoneTensor

/// Something with parameters: a layer, a block, a whole model.
///
/// A module is a final class that keeps parameters, buffers and other modules in stored properties.
/// `children` finds them by reflection, in declaration order: directly, in arrays, in dictionaries
/// with string keys (sorted by key) and in optionals. A bare `Tensor` is no state: store a
/// `Parameter` or a `Buffer`. A type that keeps its parts elsewhere lists them itself.
public protocol Module: AnyObject {
  /// The parts that hold state, in the order in which they are declared.
  var children: [ModuleChild] { get }
}

extension Module {
  /// The parts that reflection finds.
  public var children: [ModuleChild] { ModuleWalker.children(of: self) }
}

/// A named part of a module.
public struct ModuleChild {
  /// The kinds of part.
  public enum Content {
    /// A module with parts of its own.
    case module(any Module)
    /// A tensor that training changes.
    case parameter(Parameter)
    /// A tensor that belongs to the state but is not trained.
    case buffer(Buffer)
  }

  /// The name within the module: `weight`, or `blocks.0` for an element of an array.
  public let name: String
  /// The part.
  public let content: Content

  /// A part under a name.
  public init(name: String, content: Content) {
    self.name = name
    self.content = content
  }
}
