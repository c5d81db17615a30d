// The counting allocator of the network tests, in this program too.
#include "tests/network/allocations.cpp"  // NOLINT(bugprone-suspicious-include)
