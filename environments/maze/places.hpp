// Where the maze robot's sensors and motors sit: the geometry that substrates are painted from.
//
//            range_0, drive                  y    ahead
//               (0, 1)                       |
//   range_45      o      range_-45           +--- x  right
//         o       *        o
//                              * goal radars, on radius 0.6
//  range_90 o   *   *   o range_-90, turn    o rangefinders, on radius 1
//  (-1, 0)                  (1, 0)
//                 *
//                 o range_-180
#pragma once

#include <cstdint>

#include "cambrian/network/network.hpp"

namespace cambrian {

/// Where they sit: each sensor in its own direction; each kind in a row; the places of `around`,
/// dealt out anew among the sensors.
enum class Places { around, rows, shuffled };

/// The maze robot's ten sensors and two motors, in the order of the network's inputs and outputs.
/// @param places   around: each sensor in its direction from the heading, of angle a at
///                 (-sin a, cos a) times its radius;
///                 rows: each kind evenly over x in [-1, 1], rangefinders at y = -1, radars at
///                 y = -1.2, motors at y = 1, as EPLEX's maze experiment
/// @param shuffle  which of the deals
NetworkInterface maze_body(Places places, std::int64_t shuffle);

}  // namespace cambrian
