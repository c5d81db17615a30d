// `[variation] name = "neat"`: the rates of NEAT's operators.
#pragma once

#include <string_view>
#include <vector>

#include "cambrian/core/parameters.hpp"
#include "cambrian/genome/graph/neat_distance.hpp"

namespace cambrian {

enum class UnmatchedGenes { mother, both };
enum class WeightRule { two_modes, paper };

/// Defaults (`textbook`): the operators of official NEAT 1.2 with the rates of the XOR and Markov
/// pole experiments of Stanley & Miikkulainen 2002. `nsc`: the same rates with the operators of NSC;
/// `jair04`: Stanley & Miikkulainen 2004. `maze`: the rates of the maze experiments of Lehman &
/// Stanley 2011, which ran on NSC; `as_published`: these with NSC's operators. `cppn`: for genomes
/// that paint a network, whose structure is the pattern's: the rates of the maze with new nodes and
/// other activations more often (our choice, by measurement).
struct NeatVariationParameters final : Parameters, NeatDistance {
  double mutate_only = 0.25;
  double mate_only = 0.2;
  double multipoint = 0.6;
  UnmatchedGenes unmatched_genes = UnmatchedGenes::mother;
  double keep_disabled = 0.75;
  double add_node = 0.03;
  double add_link = 0.05;
  double split_out_weight = 1.0;
  std::int64_t link_tries = 20;
  double recurrent_only = 0.0;
  double mutate_weights = 0.8;
  WeightRule weight_rule = WeightRule::two_modes;
  double weight_power = 2.5;
  double weight_limit = 8.0;
  double toggle_enabled = 0.0;
  double re_enable = 0.0;
  double mutate_activation = 0.0;
  double mutate_output_activation = 0.0;

  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override {
    return {"textbook", "nsc", "jair04", "maze", "as_published", "cppn"};
  }
  void apply_preset(std::string_view name) override;
};

}  // namespace cambrian
