/// The versions and the machine that a run was made with.
public struct EnvironmentRecord: Sendable, Codable, Equatable {
  /// Hone's version.
  public var hone: String
  /// libtorch's version, or nil where it was not needed.
  public var libtorch: String?
  /// The operating system's name and version.
  public var system: String
  /// The processor's name.
  public var processor: String
  /// The vector instructions that libtorch uses: `AVX2`, `AVX512`, ….
  public var capability: String?
  /// Logical processors.
  public var cores: Int

  /// An environment by its parts.
  public init(
    hone: String, libtorch: String? = nil, system: String, processor: String,
    capability: String? = nil, cores: Int
  ) {
    self.hone = hone
    self.libtorch = libtorch
    self.system = system
    self.processor = processor
    self.capability = capability
    self.cores = cores
  }
}
