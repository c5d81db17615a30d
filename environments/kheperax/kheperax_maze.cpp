#include "environments/kheperax/kheperax_maze.hpp"

namespace cambrian {
namespace {

KheperaxMaze inner_walls(KheperaxMap map) {
  switch (map) {
    case KheperaxMap::standard:
      return {{{{0.25, 0.25}, {0.25, 0.75}},
               {{0.14, 0.45}, {0, 0.65}},
               {{0.25, 0.75}, {0, 0.8}},
               {{0.25, 0.75}, {0.66, 0.875}},
               {{0.355, 0}, {0.525, 0.185}},
               {{0.25, 0.5}, {0.75, 0.215}},
               {{1, 0.25}, {0.435, 0.55}}},
              {0.15, 0.9}};
    case KheperaxMap::pointmaze:
      return {{{{0, 0.25}, {0.75, 0.25}}, {{0.25, 0.6}, {1, 0.6}}}, {0.9, 0.9}};
    case KheperaxMap::snake:
      return {{{{0.2, 0}, {0.2, 0.8}},
               {{0.2, 0.8}, {0.8, 0.8}},
               {{0.2, 0.4}, {0.8, 0.4}},
               {{0.4, 0.6}, {1, 0.6}},
               {{0.4, 0.2}, {1, 0.2}}},
              {0.9, 0.1}};
  }
  return {};
}

}  // namespace

KheperaxMaze kheperax_maze(KheperaxMap map) {
  KheperaxMaze maze = inner_walls(map);
  const Point corners[] = {{0, 0}, {0, 1}, {1, 1}, {1, 0}};
  for (std::size_t i = 0; i < 4; ++i) maze.walls.push_back({corners[i], corners[(i + 1) % 4]});
  return maze;
}

}  // namespace cambrian
