// Users of tensors need element types, host arrays and random streams: one import brings them.
@_exported public import HoneNumerics
