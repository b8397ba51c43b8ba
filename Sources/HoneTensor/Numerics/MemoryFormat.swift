/// The order of a tensor's elements in memory; raw values are libtorch's `c10::MemoryFormat` codes.
public enum MemoryFormat: Int8, Sendable {
  /// Row-major.
  case contiguous = 0
  /// The order of the source.
  case preserve = 1
  /// `[batch, channels, height, width]` stored with channels innermost.
  case channelsLast = 2
}

/// The storage layout of a tensor; raw values are libtorch's `c10::Layout` codes.
package enum Layout: Int8, Sendable { case strided = 0 }
