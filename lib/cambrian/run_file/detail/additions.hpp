// Room-private: what users have added to a run file (groups, datasets, links, attributes) goes over
// into the file that replaces it. FORMAT.md says what is kept.
#pragma once

#include <hdf5.h>

#include <string>
#include <vector>

namespace cambrian::hdf5 {

/// Copies what `from` holds and `to` lacks. Names that `to` has stay as they are there; nothing is
/// taken from what is the program's own affair (/checkpoint, groups named state).
/// @param from  the root of the file that is replaced
/// @param to    the root of the new one, in which everything of the program's is written already
/// @return a line for each thing that cannot be kept: "/notes/link: ..."
std::vector<std::string> copy_additions(hid_t from, hid_t to);

}  // namespace cambrian::hdf5
