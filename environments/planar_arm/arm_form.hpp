// The published forms of the planar arm: what a gene is, how long a link, what is asked for, and what is
// measured. In all of them a joint's angle is relative to the link before, and deviations are those
// from the mean angle, their mean taken over n.
#pragma once

#include <cstddef>
#include <string>

namespace cambrian {

enum class ArmForm { vassiliades_2018, pymap_elites, qdax, fontaine_2023, pyribs, cully_2015 };

/// How the objective falls with the joints' deviations d, in radians.
enum class Spread {
  sum,        ///< highest - sum d^2
  variance,   ///< highest - factor mean d^2
  deviation,  ///< highest - factor sqrt(mean d^2)
};

struct ArmRules {
  std::size_t joints;  ///< of the source
  float min, max;      ///< of a gene; others are taken as the nearest of these
  double zero;         ///< the gene of a straight joint
  double slope;        ///< radians per unit of a gene
  double length;       ///< of the whole arm, or of a link
  bool of_link;
  double direction;      ///< of the first link when it is straight, radians
  double shift, scale;   ///< a measure is shift + scale * coordinate of the effector
  double low, high;      ///< bounds of both measures, for arms of links of unit length per joint
  const char* measured;  ///< the measures' unit
  Spread spread;
  double highest, factor;
  const char* unit;  ///< of the objective
  const char* meaning;
};

const ArmRules& arm_rules(ArmForm form);

/// The least objective that genes within their range can give; 0, the offset of the published scores,
/// where they have none.
double worst_objective(const ArmRules& rules, std::size_t joints);

}  // namespace cambrian
