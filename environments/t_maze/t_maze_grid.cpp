#include "environments/t_maze/t_maze_grid.hpp"

#include <cstddef>

namespace cambrian {

TMazeGrid::TMazeGrid(bool is_double, int passage)
    : double_(is_double),
      passage_(passage),
      width_(2 * passage + 7),
      home_{3 + passage, 2},
      free_(static_cast<std::size_t>(width_) * static_cast<std::size_t>(width_)) {
  const int middle = 3 + passage, far = 4 + 2 * passage;
  dig(home_, {middle, middle});
  dig({2, middle}, {far, middle});
  if (!double_) {
    ends_ = {{2, middle}, {far, middle}};
    return;
  }
  dig({2, 2}, {2, far});
  dig({far, 2}, {far, far});
  ends_ = {{2, 2}, {2, far}, {far, 2}, {far, far}};
}

std::size_t TMazeGrid::place_of(TMazeCell cell) const {
  return static_cast<std::size_t>(cell.y) * static_cast<std::size_t>(width_) +
         static_cast<std::size_t>(cell.x);
}

void TMazeGrid::dig(TMazeCell from, TMazeCell to) {
  for (int y = from.y; y <= to.y; ++y) {
    for (int x = from.x; x <= to.x; ++x) {
      std::uint8_t& cell = free_[place_of({x, y})];
      if (cell == 0) cells_.push_back({x, y});
      cell = 1;
    }
  }
}

bool TMazeGrid::is_free(TMazeCell cell) const {
  if (cell.x < 0 || cell.y < 0 || cell.x >= width_ || cell.y >= width_) return false;
  return free_[place_of(cell)] != 0;
}

int TMazeGrid::shortest(bool homing) const {
  const int turns = double_ ? 2 : 1;
  const int way = (turns + 1) * (passage_ + 1) + turns;
  return homing ? 2 * way + 2 : way;  // two turns at the end of the way
}

}  // namespace cambrian
