/// A process's place among those that train one run together, as a launcher says it.
public struct ProcessPlace: Sendable, Equatable {
  /// Which of the processes this is, from 0; rank 0 writes.
  public var rank: Int
  /// How many processes there are.
  public var size: Int
  /// How many of them are on this machine.
  public var localSize: Int
  /// Which of those on this machine this is, from 0.
  public var localRank: Int
  /// Where the processes meet.
  public var host: String
  /// The TCP port there.
  public var port: Int
  /// Whether this process listens there.
  public var isHost: Bool
  /// A socket that already listens there, to be taken over.
  public var listeningSocket: Int32?
  /// The network interface for the exchange; nil for the one that leads to the host.
  public var interface: String?
  /// What `CUDA_VISIBLE_DEVICES` says; nil where nobody set it.
  public var visibleDevices: String?
  /// The launcher's attempt, where it starts processes anew after a loss.
  public var attempt = "0"

  /// A place on one machine.
  public init(rank: Int, size: Int, host: String, port: Int) {
    self.rank = rank
    self.size = size
    localRank = rank
    localSize = size
    self.host = host
    self.port = port
    isHost = rank == 0
  }
}
