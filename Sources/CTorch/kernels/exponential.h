// Exponentials as plain C++ that compilers vectorize.
#pragma once

#include <bit>
#include <cstdint>

#include "versions.h"

namespace ct::rows {

/// e^x for x of at most zero, to about one unit in the last place, and zero below 1e-38: 2^n times the
/// exponential of what remains of x after n times the logarithm of two, by its series up to the seventh
/// power.
wide_part float exponential(float given) {
  constexpr float least = -87.0f;
  const float x = given < least ? least : given;
  // Added and taken off again, this rounds to a whole number.
  constexpr float rounding = 12582912.0f;
  const float n = (x * 1.44269504088896341f + rounding) - rounding;
  // ln 2 in two parts, the first exact in few bits.
  const float r = (x - n * 0.693359375f) + n * 2.12194440e-4f;
  float sum = 1.0f / 5040;
  sum = sum * r + 1.0f / 720;
  sum = sum * r + 1.0f / 120;
  sum = sum * r + 1.0f / 24;
  sum = sum * r + 1.0f / 6;
  sum = sum * r + 0.5f;
  sum = sum * r + 1.0f;
  sum = sum * r + 1.0f;
  const int32_t power = (static_cast<int32_t>(n) + 127) << 23;
  return given < least ? 0.0f : sum * std::bit_cast<float>(power);
}

/// 1 / (1 + e^-x), to about two units in the last place.
wide_part float logistic(float x) {
  const float e = exponential(x < 0 ? x : -x);
  const float share = 1.0f / (1.0f + e);
  return x < 0 ? e * share : share;
}

/// The hyperbolic tangent, to about two units in the last place: near zero by its series in the form of
/// Cephes' `tanhf`, whose coefficients these are.
wide_part float tangent(float x) {
  const float z = x * x;
  float sum = -5.70498872745e-3f;
  sum = sum * z + 2.06390887954e-2f;
  sum = sum * z - 5.37397155531e-2f;
  sum = sum * z + 1.33314422036e-1f;
  sum = sum * z - 3.33332819422e-1f;
  const float near = sum * z * x + x;
  const float magnitude = x < 0 ? -x : x;
  const float e = exponential(-2 * magnitude);
  const float far = (1 - e) / (1 + e);
  return magnitude < 0.625f ? near : (x < 0 ? -far : far);
}

}  // namespace ct::rows
