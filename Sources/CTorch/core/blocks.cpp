// Memory of large tensors: kept when it is given back, and handed out again.
//
// The C library has two ways, both bad for training. Large blocks that go back to the system are
// mapped and cleared again at every step. Kept in its heap, they are cut up by whatever smaller block
// comes next, so that the process grows to a multiple of what is ever in use at once. Here a block
// stays whole: it serves requests of about its size, or goes back to the system when the process would
// grow by a third beyond the most that was ever in use.
#include <c10/core/CPUAllocator.h>
#include <sys/mman.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <climits>
#include <map>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "../include/ctorch.h"
#include "guarded.h"
#include "small_blocks.h"

namespace {

// Smaller blocks are each thread's own.
constexpr size_t smallest = 1 << 20;
constexpr size_t page = 4096;
constexpr size_t huge_page = 2 << 20;
// Small models keep everything: below this nothing is worth giving back.
constexpr size_t floor_bytes = 128 << 20;
// What may be kept beyond the most that was in use, as a part of it: with none, a step takes from blocks of
// one size what it needs in another a moment later, and the system clears hundreds of MiB for each step.
constexpr size_t slack = 3;
#ifdef __GLIBC__
// The largest that glibc accepts on 64-bit systems (DEFAULT_MMAP_THRESHOLD_MAX).
constexpr int largest_mmap_threshold = 32 << 20;
#endif

struct Block {
  void* start;
  size_t bytes;
};

void release(void* start);

class LargeBlocks final : public c10::Allocator {
 public:
  c10::DataPtr allocate(size_t bytes) override {
    void* start = bytes < smallest ? nullptr : take((bytes + page - 1) / page * page);
    // Where the system has nothing left, the plain allocator says so in its own words.
    if (start == nullptr) start = ct::SmallBlocks::take(bytes, *plain_);
    return {start, start, &release, c10::Device(c10::kCPU)};
  }

  c10::DeleterFnPtr raw_deleter() const override { return &release; }

  void copy_data(void* to, const void* from, size_t bytes) const override {
    default_copy_data(to, from, bytes);
  }

  void give_back(void* start) {
    // Large blocks begin at a page; few others do.
    if (reinterpret_cast<size_t>(start) % page == 0) {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (const auto found = used_.find(start); found != used_.end()) {
        used_bytes_ -= found->second;
        kept_bytes_ += found->second;
        kept_.emplace(found->second, Kept{start, clock_++});
        used_.erase(found);
        return;
      }
    }
    ct::SmallBlocks::give_back(start, *plain_);
  }

  void bytes(ct_int* used, ct_int* kept, ct_int* most) {
    const std::lock_guard<std::mutex> lock(mutex_);
    *used = static_cast<ct_int>(used_bytes_);
    *kept = static_cast<ct_int>(kept_bytes_);
    *most = static_cast<ct_int>(most_);
  }

 private:
  struct Kept {
    void* start;
    size_t since;
  };

  void* take(size_t bytes) {
    std::vector<Block> surplus;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (void* start = reused(bytes)) return start;
      surplus = make_room(bytes);
      count_use(bytes);
    }
    for (const Block& block : surplus) munmap(block.start, block.bytes);
    void* start = mapped(bytes);
    if (start == nullptr) {
      give_all_to_system();
      start = mapped(bytes);
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    if (start != nullptr) {
      used_[start] = bytes;
    } else {
      used_bytes_ -= bytes;
    }
    return start;
  }

  // A kept block of that size, or an eighth larger at most.
  void* reused(size_t bytes) {
    const auto found = kept_.lower_bound(bytes);
    if (found == kept_.end() || found->first > bytes + bytes / 8) return nullptr;
    const Block block{found->second.start, found->first};
    kept_bytes_ -= block.bytes;
    kept_.erase(found);
    count_use(block.bytes);
    used_[block.start] = block.bytes;
    return block.start;
  }

  void count_use(size_t bytes) {
    used_bytes_ += bytes;
    most_ = std::max(most_, used_bytes_);
  }

  // Kept blocks, longest unused first, without which a new one fits into what is allowed.
  std::vector<Block> make_room(size_t bytes) {
    const size_t allowed = std::max(most_ + most_ / slack, floor_bytes);
    std::vector<Block> surplus;
    while (!kept_.empty() && used_bytes_ + kept_bytes_ + bytes > allowed) {
      const auto oldest = std::min_element(kept_.begin(), kept_.end(), [](auto& a, auto& b) {
        return a.second.since < b.second.since;
      });
      surplus.push_back({oldest->second.start, oldest->first});
      kept_bytes_ -= oldest->first;
      kept_.erase(oldest);
    }
    return surplus;
  }

  void give_all_to_system() {
    std::multimap<size_t, Kept> all;
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      all.swap(kept_);
      kept_bytes_ = 0;
    }
    for (const auto& [bytes, kept] : all) munmap(kept.start, bytes);
  }

  // Fresh memory, in huge pages where the system has them: fewer faults, fewer misses of the TLB.
  static void* mapped(size_t bytes) {
    const size_t margin = bytes >= 2 * huge_page ? huge_page : 0;
    void* whole = mmap(
        nullptr, bytes + margin, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (whole == MAP_FAILED) return nullptr;
    if (margin == 0) return whole;
    char* first = static_cast<char*>(whole);
    const size_t lead = (huge_page - reinterpret_cast<size_t>(first) % huge_page) % huge_page;
    if (lead > 0) munmap(first, lead);
    if (lead < margin) munmap(first + lead + bytes, margin - lead);
#ifdef MADV_HUGEPAGE
    madvise(first + lead, bytes, MADV_HUGEPAGE);
#endif
    return first + lead;
  }

  c10::Allocator* const plain_ = c10::GetDefaultCPUAllocator();
  std::mutex mutex_;
  std::unordered_map<void*, size_t> used_;
  std::multimap<size_t, Kept> kept_;
  size_t used_bytes_ = 0;
  size_t kept_bytes_ = 0;
  size_t most_ = 0;
  size_t clock_ = 0;
};

// Never destroyed: tensors outlive whatever order a process ends in.
LargeBlocks& blocks() {
  static LargeBlocks* const instance = new LargeBlocks;
  return *instance;
}

void release(void* start) { blocks().give_back(start); }

}  // namespace

CT_EXPORT void ct_keep_freed_memory(void) {
  static std::once_flag once;
  std::call_once(once, [] {
    c10::SetCPUAllocator(&blocks(), 1);
#ifdef __GLIBC__
    // Blocks below the smallest, and what libraries take for themselves, stay in the heap.
    mallopt(M_MMAP_THRESHOLD, largest_mmap_threshold);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    // Small freed blocks are joined with their neighbours at once, and not all together whenever a large
    // one is freed, as each step does many times; a cache of each thread serves most of them anyway.
    mallopt(M_MXFAST, 0);
#endif
  });
}

CT_EXPORT void ct_kept_memory(ct_int* used, ct_int* kept, ct_int* most) {
  blocks().bytes(used, kept, most);
}
