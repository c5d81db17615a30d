// The cells of a T-maze, single or double, seen from above.
#pragma once

#include <cstdint>
#include <vector>

namespace cambrian {

struct TMazeCell {
  int x = 0;
  int y = 0;
  friend bool operator==(const TMazeCell&, const TMazeCell&) = default;
};

/// For a passage of p cells: the stem leads from home (3 + p, 2) up to y = 3 + p; the crossbar lies at that
/// y from x = 2 to 4 + 2p; the double maze has further bars at both its ends, from y = 2 to 4 + 2p.
/// Everything else is wall. Source: AHNI's TMaze.
class TMazeGrid {
 public:
  TMazeGrid(bool is_double, int passage);
  bool is_free(TMazeCell cell) const;
  TMazeCell home() const { return home_; }
  /// Single: left, right. Double: left down, left up, right down, right up.
  const std::vector<TMazeCell>& ends() const { return ends_; }
  const std::vector<TMazeCell>& cells() const { return cells_; }
  int width() const { return width_; }
  /// Actions of the shortest way to an end, and with `homing` back home: turns count.
  int shortest(bool homing) const;

 private:
  void dig(TMazeCell from, TMazeCell to);
  std::size_t place_of(TMazeCell cell) const;

  bool double_;
  int passage_;
  int width_;
  TMazeCell home_;
  std::vector<TMazeCell> ends_, cells_;
  std::vector<std::uint8_t> free_;  // [width, width]
};

}  // namespace cambrian
