// The body of the octopus arm: point masses in pairs, muscles between them, water within and around.
//
//   pair 0      pair 1      pair 2   ...   pair 10          upper nodes are dorsal, lower ones ventral
//     o---dorsal--o----------o              o
//     |           |          |              |               compartment i lies between the pairs i and
//   base      transversal    |     ...     tip              i + 1; its muscles are dorsal, transversal (of
//     |           |          |              |               pair i + 1) and ventral
//     o--ventral--o----------o              o
//
// Pair 0 is a rigid rod that turns about its fixed centre. Forces: muscles (springs that contract), the
// pressure of compartments, whose area is kept, drag, weight and buoyancy, which cancel below the surface
// (y < 5). A control step is 25 Runge-Kutta steps of fourth order of 0.2 time units.
//
// Everything is a structure of arrays over the pairs, padded to whole SIMD vectors by pairs that no
// force touches, so that the loops over compartments need no remainder. Nothing is allocated.
// Source: the octopus arm of the RL-library (RL competition), whose equations follow Yekutieli et al. 2005.
#pragma once

#include <array>
#include <cstddef>
#include <numbers>
#include <span>

namespace cambrian {

inline constexpr std::size_t kArmCompartments = 10;
inline constexpr std::size_t kArmMotors = 2 + 3 * kArmCompartments;
inline constexpr std::size_t kArmState = 2 + 8 * kArmCompartments;
inline constexpr double kArmBaseX = 0.001974575;

struct ArmPoint {
  double x = 0, y = 0;
};

/// One number per pair.
inline constexpr std::size_t kArmPairs = 16;
struct alignas(64) ArmSide {
  std::array<double, kArmPairs> x{}, y{}, vx{}, vy{};
};

/// What the equations of motion move.
struct ArmState {
  ArmSide upper, lower;
  double angle = std::numbers::pi / 2;  ///< of the base, not wrapped
  double rate = 0;                      ///< of that angle
};

class ArmBody {
 public:
  ArmBody();

  /// At rest, stretched along x.
  void reset() { state_ = start_; }
  /// A control step of 5 time units. @param action  [32]: base positive, base negative, then dorsal,
  /// transversal, ventral of each compartment from the base to the tip
  void step(std::span<const double, kArmMotors> action);

  const ArmState& state() const { return state_; }
  /// The angle of the base in [-pi, pi].
  double wrapped_angle() const;
  /// The middle of the last pair.
  ArmPoint tip() const;
  /// Whether a compartment holds the point. What lies on an edge may be either.
  bool touches(ArmPoint point) const;
  /// Of a compartment at rest.
  double rest_area(std::size_t compartment) const { return rest_.area[compartment]; }

 private:
  /// Forces of each compartment on its four nodes.
  struct alignas(64) Forces {
    std::array<double, kArmPairs> proximal_x{}, proximal_y{}, distal_x{}, distal_y{};
  };
  /// What does not change, one number per compartment.
  struct alignas(64) Rest {
    std::array<double, kArmPairs> area, length, width;  // length: of dorsal and ventral muscles
    std::array<double, kArmPairs> longitudinal;         // factors on the muscles' constants
    std::array<double, kArmPairs> transversal;
    std::array<double, kArmPairs> pressure;  // 1; padding: 0
    std::array<double, kArmPairs> mass;      // of a node of pair i
  };
  struct alignas(64) Contractions {
    std::array<double, kArmPairs> dorsal{}, transversal{}, ventral{};
  };

  void place_base(ArmState& state) const;
  void compartment_forces(const ArmState& state);
  void side_accelerations(const ArmSide& side, const Forces& forces, ArmSide& slope) const;
  /// @param state  whose base is put in its place
  void derivative(ArmState& state, ArmState& slope);
  void runge_kutta();

  Rest rest_;
  double radius_, inertia_;
  double torque_ = 0;  // of the action
  Contractions contractions_;
  Forces upper_, lower_;
  ArmState start_, state_;
  ArmState stage_, slope_, sum_;  // of a Runge-Kutta step
};

}  // namespace cambrian
