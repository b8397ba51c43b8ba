#include "choice.h"

#include <utility>

#include "../core/guarded.h"
#include "../include/ctorch_kernels.h"

namespace {
thread_local bool standard = false;
}

bool ct::uses_standard_kernels() { return standard; }

CT_EXPORT bool ct_uses_standard_kernels(void) { return standard; }
CT_EXPORT bool ct_exchange_standard_kernels(bool wanted) { return std::exchange(standard, wanted); }
