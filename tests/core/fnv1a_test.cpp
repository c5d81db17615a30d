#include "cambrian/core/fnv1a.hpp"

#include <gtest/gtest.h>

namespace cambrian {
namespace {

// Source: the test vectors of draft-eastlake-fnv, appendix C.
TEST(Fnv1a, GivesThePublishedValues) {
  EXPECT_EQ(fnv1a(""), 0xcbf29ce484222325U);
  EXPECT_EQ(fnv1a("a"), 0xaf63dc4c8601ec8cU);
  EXPECT_EQ(fnv1a("foobar"), 0x85944171f73967e8U);
}

}  // namespace
}  // namespace cambrian
