// How the loops of the passes are compiled: plain C++, vectorized by the compiler once for each level of
// the instruction set; the level is chosen when the program starts.
#pragma once

#if defined(__x86_64__) && defined(__linux__)
#define wide_versions __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define wide_versions
#endif
// A part of such a function, compiled for the level of the function that it becomes part of.
#define wide_part static inline __attribute__((always_inline))
