// How a convolution over images walks, as the interface says it and as our own loops take it.
#pragma once

#include <optional>

#include "../include/ctorch.h"
#include "direct_convolution.h"

namespace ct::direct {

/// Numbers of the interface as libtorch takes them.
inline at::IntArrayRef numbers(const ct_int* values, size_t count) {
  return at::IntArrayRef(reinterpret_cast<const int64_t*>(values), count);
}

/// The walk of a convolution that our own loops can go; none for others.
inline std::optional<Walk> walk_of(const ct_geometry& geometry) {
  const bool is_plain = geometry.groups == 1 && geometry.dilation[0] == 1 &&
                        geometry.dilation[1] == 1 && geometry.stride[0] == geometry.stride[1];
  if (!is_plain) return std::nullopt;
  return Walk{{geometry.padding[0], geometry.padding[1]}, geometry.stride[0]};
}

}  // namespace ct::direct
