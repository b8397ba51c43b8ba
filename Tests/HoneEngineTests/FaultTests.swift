import Foundation
import HoneRecords
import HoneStore
import Testing

@Suite("Faults of disk, store and memory", .tags(.slow))
struct FaultTests {
  @Test(
    "a folder that becomes read-only during training ends the run; it goes on afterwards",
    .enabled(if: Namespace.isAvailable, "this machine lets users mount no disks of their own"))
  func becomesReadOnly() throws {
    let command = try BuiltCommand()
    let words = LongRun.arguments.map { "'\($0)'" }.joined(separator: " ")
    let ended = try command.script(
      """
      mkdir disk && mount -t tmpfs -o size=20m tmpfs disk && cd disk
      $hone \(words) & job=$!
      while kill -0 $job && [ ! -e .hone/runs/*/checkpoint.safetensors ]; do sleep 0.01; done
      mount --bind .hone/runs .hone/runs
      mount -o remount,ro,bind .hone/runs
      wait $job
      echo "status $?"
      umount .hone/runs
      $hone train --resume last; echo "status $?"
      cp -r .hone ../.hone
      """, prefix: Namespace.prefix)
    #expect(ended.output.contains("status 73"), "\(ended.output) \(ended.errors)")
    #expect(ended.errors.contains("Read-only file system") || ended.errors.contains("denied"))
    #expect(ended.output.contains("status 0"))
    try command.expectUndisturbedResult()
  }

  /// The byte of a store's shared memory that SQLite's writers lock (walformat, section 2.3.1).
  private func lockStore(_ command: BuiltCommand) throws -> Int32 {
    let path = command.folder.appending(path: ".hone/hone.sqlite-shm").path
    let descriptor = open(path, O_RDWR)
    try #require(descriptor >= 0)
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = 120
    lock.l_len = 1
    try #require(fcntl(descriptor, F_SETLKW, &lock) == 0)
    return descriptor
  }

  @Test("a store that another process keeps locked for a while is waited for")
  func lockedStore() throws {
    let command = try BuiltCommand()
    let started = try command.startLongRun()
    let lock = try lockStore(command)
    Thread.sleep(forTimeInterval: 1.5)
    #expect(started.process.isRunning)
    close(lock)
    let ended = started.wait()
    #expect(ended.status == 0, "\(ended.errors)")
    try command.expectUndisturbedResult()
  }

  @Test("a store that stays locked ends the run, which goes on when the store is free")
  func storeStaysLocked() throws {
    let command = try BuiltCommand()
    let started = try command.startLongRun()
    let lock = try lockStore(command)
    let other = try command.start(LongRun.arguments)
    let ended = started.wait()
    let refused = other.wait()
    close(lock)
    #expect(ended.status == 75, "\(ended.errors)")
    #expect(ended.errors.contains("hone.sqlite"))
    // A run that never came into the store has no folder either.
    #expect(refused.status == 75, "\(refused.errors)")
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: command.folder.appending(path: ".hone/runs").path)
    #expect(folders.count == 1, "\(folders)")
    try command.resume()
    try command.expectUndisturbedResult()
  }

  @Test(
    "a clock that jumps by days changes neither weights nor times",
    .enabled(
      if: FileManager.default.isExecutableFile(atPath: "/usr/bin/cc"), "there is no C compiler"))
  func jumpingClock() throws {
    let command = try BuiltCommand()
    try command.write(
      """
      #define _GNU_SOURCE
      #include <dlfcn.h>
      #include <sys/time.h>
      #include <time.h>
      static int calls;
      static long jump(void) { return (__sync_fetch_and_add(&calls, 1) % 7 - 3) * 100000L; }
      int clock_gettime(clockid_t clock, struct timespec *time) {
        int (*next)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
        int status = next(clock, time);
        if (clock == CLOCK_REALTIME) time->tv_sec += jump();
        return status;
      }
      int gettimeofday(struct timeval *time, void *zone) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        time->tv_sec = now.tv_sec;
        time->tv_usec = now.tv_nsec / 1000;
        return 0;
      }
      """, to: "jump.c")
    let words = LongRun.arguments.map { "'\($0)'" }.joined(separator: " ")
    let ended = try command.script(
      "cc -shared -fPIC -o jump.so jump.c -ldl && LD_PRELOAD=$PWD/jump.so $hone \(words)")
    #expect(ended.status == 0, "\(ended.errors)")
    try command.expectUndisturbedResult()
    let run = try command.lastRun()
    #expect((0..<120).contains(run.seconds))
    #expect(
      try command.store().evidence(run.id).epochs.allSatisfy { (0..<60).contains($0.seconds) })
  }

  @Test("where memory does not suffice a size of batch that fits is named")
  func memory() throws {
    let command = try BuiltCommand()
    // The kernel refuses what goes beyond the limit on addresses, as it refuses a machine's last page.
    let ended = try command.script(
      """
      ulimit -v 1600000
      $hone train digits --model mlp --set 'model.widths=[60000]' --batch-size 1400 --threads 1 \\
        --epochs 1
      echo "status $?"
      """)
    #expect(ended.output.contains("status 70"), "\(ended.output) \(ended.errors)")
    #expect(ended.errors.contains("fit: use --batch-size"), "\(ended.errors)")
  }

  @Test("a learning rate that makes the loss infinite ends the run with batch and layer")
  func divergence() throws {
    let command = try BuiltCommand()
    let ended = try command.hone(
      "train", "digits", "--model", "mlp", "--optimizer", "sgd", "--learning-rate", "1e38",
      "--epochs", "2", "--set", "training.gradientClip=null")
    #expect(ended.status == 1, "\(ended.errors)")
    let run = try command.lastRun()
    #expect(run.status == .diverged)
    #expect(run.outcome?.contains(", batch ") == true)
    #expect(run.outcome?.contains("weights") == true || run.outcome?.contains("operation") == true)
    #expect(try command.files(of: run) == ["model.safetensors"])
    #expect(try command.weights(of: run).areFinite)
  }
}
