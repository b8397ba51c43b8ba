#ifndef CIMAGE_MESSAGE_H
#define CIMAGE_MESSAGE_H

#include "CImage.h"
#include <stdio.h>

/// Writes a message and hands the status back, for `return cimage_fail(…)`.
#define cimage_fail(status, message, ...) \
  (snprintf((message), CIMAGE_MESSAGE_SIZE, __VA_ARGS__), (int)(status))

#endif
