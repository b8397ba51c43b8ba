#ifndef CIMAGE_DISPATCH_H
#define CIMAGE_DISPATCH_H

/// A function compiled for several widths of vectors, the widest that the processor has being chosen
/// when the program starts. Sources that use it switch contraction off, so that all give the same bits.
#if defined(__x86_64__) && defined(__linux__)
#define wide_versions __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define wide_versions
#endif

/// A part of such a function.
#define wide_part static inline __attribute__((always_inline))

#endif
