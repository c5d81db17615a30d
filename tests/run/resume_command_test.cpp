#include "cambrian/run/resume_command.hpp"

#include <gtest/gtest.h>

namespace cambrian {
namespace {

TEST(ResumeCommand, IsWhatAShellTakesApartAsMeant) {
  EXPECT_EQ(resume_command("runs/maze-1.h5"), "cambrian resume runs/maze-1.h5");
  EXPECT_EQ(resume_command("-maze.h5"), "cambrian resume ./-maze.h5");
  EXPECT_EQ(resume_command("my runs/maze.h5"), "cambrian resume 'my runs/maze.h5'");
  EXPECT_EQ(resume_command("$HOME;it's.h5"), "cambrian resume '$HOME;it'\\''s.h5'");
}

}  // namespace
}  // namespace cambrian
