#include "CAssets.h"

// The file holds all pixels, then all labels; README.md says where they come from.

// #embed is C23; clang takes it in every mode and says so.
#pragma clang diagnostic ignored "-Wc23-extensions"
enum { sample_count = 1797, sample_pixels = 64 };

static const uint8_t digits[] = {
#embed "digits.bin"
};

_Static_assert(sizeof digits == sample_count * (sample_pixels + 1), "digits.bin is not complete");

size_t cassets_digits_count(void) { return sample_count; }
const uint8_t *cassets_digits_pixels(void) { return digits; }
const uint8_t *cassets_digits_labels(void) { return digits + sample_count * sample_pixels; }
