#ifndef CIMAGE_EXIF_H
#define CIMAGE_EXIF_H

#include "CImage.h"

/// The orientation (1...8) that a block of EXIF names, with or without its leading `Exif\0\0`; 1 where
/// it names none or is damaged.
int cimage_exif_orientation(const uint8_t *data, size_t count);

/// Turns a picture so that the orientation becomes 1. Orientations 5...8 swap the sides.
int cimage_turn(struct cimage_picture *picture, int orientation, char *message);

#endif
