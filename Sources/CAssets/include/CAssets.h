#ifndef CASSETS_H
#define CASSETS_H

#include <stddef.h>
#include <stdint.h>

/// Files embedded in the program.

/// The number of samples of the digits data set.
size_t cassets_digits_count(void);
/// The pixels: count x 8 x 8 bytes, row-major, values 0...16.
const uint8_t *cassets_digits_pixels(void);
/// The labels: count bytes, values 0...9.
const uint8_t *cassets_digits_labels(void);

#endif
