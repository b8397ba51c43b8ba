// Whether the calling thread wants libtorch's operators instead of kernels of Hone's own.
#pragma once

namespace ct {

bool uses_standard_kernels();

}  // namespace ct
