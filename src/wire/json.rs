//! JSON with positions: duplicate members, depth and pointers to byte offsets.
