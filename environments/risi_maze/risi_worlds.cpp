// The author's worlds, as his files have them; the hard maze's border in whole numbers.
#include "environments/risi_maze/risi_maze.hpp"

namespace cambrian {

const RisiWorld& risi_hard_maze() {
  static const RisiWorld world{
      .walls = {{{161, 204}, {250, 192}},
                {{250, 192}, {240, 350}},
                {{160, 243}, {196, 288}},
                {{277, 411}, {311, 375}},
                {{248, 264}, {359, 346}},
                {{420, 307}, {315, 236}},
                {{250, 192}, {313, 170}},
                {{158, 115}, {159, 413}},
                {{158, 115}, {422, 112}},
                {{419, 411}, {422, 113}},
                {{158, 412}, {419, 411}}},
      .start = {205, 387},
      .goal = {190, 151},
      .goal_radius = 35,
      .points = {
          {297, 337}, {376, 388}, {379, 318}, {279, 248}, {328, 200}, {343, 140}, {260, 148}}};
  return world;
}

const RisiWorld& risi_navigation() {
  static const RisiWorld world{.walls = {{{231, 416}, {285, 417}},
                                         {{277, 417}, {277, 340}},
                                         {{277, 340}, {371, 341}},
                                         {{230, 294}, {369, 295}},
                                         {{371, 341}, {419, 341}},
                                         {{230, 294}, {231, 426}},
                                         {{369, 295}, {370, 165}},
                                         {{370, 165}, {421, 166}},
                                         {{421, 166}, {419, 341}}},
                               .start = {255, 393},
                               .goal = {395, 184},
                               .goal_radius = 15,
                               .points = {}};
  return world;
}

const RisiWorld& risi_food_room() {
  static const RisiWorld world{.walls = {{{106, 416}, {585, 416}},
                                         {{585, 416}, {585, 766}},
                                         {{585, 766}, {106, 766}},
                                         {{106, 766}, {106, 416}}},
                               .start = {345.5, 591},
                               .goal = {},
                               .goal_radius = 0,
                               .points = {{171, 517}, {398, 475}, {204, 682}, {399, 629}}};
  return world;
}

}  // namespace cambrian
