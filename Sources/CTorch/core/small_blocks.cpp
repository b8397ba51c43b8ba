#include "small_blocks.h"

#include <bit>

namespace ct {

namespace {

constexpr uint64_t mark_of_ours = 0x486f6e65426c6f63;
/// Blocks are never smaller than this.
constexpr size_t smallest = 64;

/// Whether the thread's blocks are gone: tensors may outlive them, but not this.
thread_local bool has_ended = false;

}  // namespace

SmallBlocks::OfThread::~OfThread() {
  has_ended = true;
  for (auto& blocks : free)
    for (void* start : blocks) plain->raw_deallocate(static_cast<char*>(start) - alignment);
}

SmallBlocks::OfThread* SmallBlocks::of_thread() {
  if (has_ended) return nullptr;
  static thread_local OfThread own;
  return &own;
}

/// The smallest size that holds so many bytes.
size_t SmallBlocks::size_of(size_t bytes) {
  if (bytes <= smallest) return 0;
  const size_t octave = std::bit_width((bytes - 1) / smallest) - 1;
  const size_t step = (smallest << octave) / steps;
  return octave * steps + (bytes - (smallest << octave) + step - 1) / step;
}

size_t SmallBlocks::bytes_of(size_t size) {
  const size_t whole = smallest << (size / steps);
  return whole + whole / steps * (size % steps);
}

void* SmallBlocks::take(size_t bytes, c10::Allocator& plain) {
  if (bytes == 0) return nullptr;
  const size_t size = bytes <= largest ? size_of(bytes) : sizes;
  OfThread* own = size < sizes ? of_thread() : nullptr;
  if (own != nullptr && !own->free[size].empty()) {
    void* start = own->free[size].back();
    own->free[size].pop_back();
    own->bytes -= bytes_of(size);
    return start;
  }
  const size_t room = size < sizes ? bytes_of(size) : bytes;
  void* start = static_cast<char*>(plain.raw_allocate(room + alignment)) + alignment;
  header(start) = {mark_of_ours, size};
  return start;
}

void SmallBlocks::give_back(void* start, c10::Allocator& plain) {
  if (start == nullptr) return;
  Header& own_header = header(start);
  if (own_header.mark != mark_of_ours) return plain.raw_deallocate(start);
  const size_t size = own_header.size;
  OfThread* own = size < sizes ? of_thread() : nullptr;
  if (own != nullptr && own->bytes + bytes_of(size) <= most) {
    own->plain = &plain;
    own->bytes += bytes_of(size);
    own->free[size].push_back(start);
    return;
  }
  own_header.mark = 0;
  plain.raw_deallocate(static_cast<char*>(start) - alignment);
}

}  // namespace ct
