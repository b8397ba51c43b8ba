#include "CImage.h"

// Sums in sixteen lanes, so that they come out the same whatever the processor.
enum { lanes = 16 };

static float dot(const float *first, const float *second, size_t count) {
  float sums[lanes] = {0};
  size_t whole = count / lanes * lanes;
  for (size_t i = 0; i < whole; i += lanes)
    for (size_t lane = 0; lane < lanes; lane++) sums[lane] += first[i + lane] * second[i + lane];
  float sum = 0;
  for (size_t i = whole; i < count; i++) sum += first[i] * second[i];
  for (size_t lane = 0; lane < lanes; lane++) sum += sums[lane];
  return sum;
}

void cimage_project(const float *matrix, const float *shift, size_t outputs, size_t inputs,
                    const float *source, size_t rows, float *target) {
  // A row of the matrix stays in the cache for all samples.
  for (size_t output = 0; output < outputs; output++)
    for (size_t row = 0; row < rows; row++)
      target[row * outputs + output] =
          dot(matrix + output * inputs, source + row * inputs, inputs) - shift[output];
}
