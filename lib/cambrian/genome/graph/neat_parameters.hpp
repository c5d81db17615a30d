// `[variation] name = "neat"`: the rates of NEAT's operators.
#pragma once

#include <string_view>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/genome/graph/neat_distance.hpp"

namespace cambrian {

enum class UnmatchedGenes { mother, both };
enum class WeightRule { two_modes, paper };

/// Defaults (`textbook`): the operators of official NEAT 1.2 with the rates of the maze experiments
/// of Lehman & Stanley 2011. `as_published`: the operators of the program behind those experiments,
/// NSC, where they differ. `cppn`: for genomes that paint a network, whose structure is the
/// pattern's: new nodes and other activations more often (our choice, by measurement).
/// `neat_2002`: the operators of NEAT 1.2 with the rates of the XOR and Markov pole experiments of
/// Stanley & Miikkulainen 2002; `nsc`: the same rates with NSC's operators; `jair04`: Stanley &
/// Miikkulainen 2004.
struct NeatVariationParameters final : Parameters, NeatDistance {
  double mutate_only = 0.3;
  double mate_only = 0.2;
  double multipoint = 0.6;
  UnmatchedGenes unmatched_genes = UnmatchedGenes::mother;
  double keep_disabled = 0.75;
  double add_node = 0.005;
  double add_link = 0.1;
  double split_out_weight = 1.0;
  std::int64_t link_tries = 40;
  double recurrent_only = 0.2;
  double mutate_weights = 0.6;
  WeightRule weight_rule = WeightRule::two_modes;
  double weight_power = 0.8;
  double weight_limit = 3.0;
  double toggle_enabled = 0.1;
  double re_enable = 0.05;
  double mutate_activation = 0.05;
  double mutate_output_activation = 0.0;

  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override {
    return {"textbook", "as_published", "cppn", "neat_2002", "nsc", "jair04"};
  }
  void apply_preset(std::string_view name) override;
};

}  // namespace cambrian
