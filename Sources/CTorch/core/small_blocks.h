// Memory of small tensors: kept by the thread that gives it back, and handed out again.
//
// The C library cuts aligned blocks out of larger ones and joins them again when they are freed, at each
// operator of a step. Here the blocks of about one size form a list, from which the next one of that size is
// taken.
#pragma once

#include <c10/core/Allocator.h>

#include <array>
#include <vector>

namespace ct {

/// Blocks whose bytes are rounded up to one of eight sizes for each power of two.
class SmallBlocks {
 public:
  /// What a block is aligned to; as much stands before it and names its size.
  static constexpr size_t alignment = 64;

  /// A block of the thread's, or else a new one.
  static void* take(size_t bytes, c10::Allocator& plain);
  /// Keeps a block for the thread, or frees it where enough is kept; frees what was not taken here.
  static void give_back(void* start, c10::Allocator& plain);

 private:
  /// Sizes up to the largest that is kept.
  static constexpr size_t steps = 8, largest = 1 << 20, sizes = 15 * steps;
  /// Bytes that a thread keeps at most.
  static constexpr size_t most = 8 << 20;

  struct Header {
    uint64_t mark;
    uint64_t size;
  };

  /// The blocks of a thread, which are freed when it ends.
  struct OfThread {
    ~OfThread();
    std::array<std::vector<void*>, sizes> free;
    size_t bytes = 0;
    c10::Allocator* plain = nullptr;
  };

  static OfThread* of_thread();
  static size_t size_of(size_t bytes);
  static size_t bytes_of(size_t size);
  static Header& header(void* start) {
    return *reinterpret_cast<Header*>(static_cast<char*>(start) - alignment);
  }
};

}  // namespace ct
