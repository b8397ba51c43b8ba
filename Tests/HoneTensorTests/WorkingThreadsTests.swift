import Testing

@testable import HoneTensor

/// The threads among which kernels of our own divide their work.
struct WorkingThreadsTests {
  /// In a process of its own: the number of threads is the process's.
  @Test("kernels of our own run on as many threads as were asked for")
  func count() async {
    await #expect(processExitsWith: .success) {
      for threads in [1, 2, 3, 5] {
        Torch.threads = threads
        #expect(Torch.workingThreads == threads)
      }
    }
  }

  @Test("a thread beside the first divides its work as well, while others do")
  func elsewhere() async {
    await #expect(processExitsWith: .success) {
      Torch.threads = 2
      await withTaskGroup(of: Int.self) { group in
        for _ in 0..<4 {
          group.addTask { (0..<50).map { _ in Torch.workingThreads }.min() ?? 0 }
        }
        for await least in group { #expect(least == 2) }
      }
      #expect(Torch.workingThreads == 2)
    }
  }
}
