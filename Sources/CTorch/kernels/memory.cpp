// What the C library does with the memory that tensors give back.
#include "../core/guarded.h"
#include "../include/ctorch_kernels.h"

#ifdef __GLIBC__
#include <malloc.h>

#include <climits>

namespace {
// The largest that glibc accepts on 64-bit systems (DEFAULT_MMAP_THRESHOLD_MAX).
constexpr int largest_mmap_threshold = 32 << 20;
}  // namespace
#endif

CT_EXPORT bool ct_keep_freed_memory(void) {
#ifdef __GLIBC__
  return mallopt(M_MMAP_THRESHOLD, largest_mmap_threshold) == 1 &&
         mallopt(M_TRIM_THRESHOLD, INT_MAX) == 1;
#else
  return false;
#endif
}
