#include "cambrian/genome/graph/neat_parameters.hpp"

namespace cambrian {
namespace {

constexpr std::string_view kNeat = "Stanley & Miikkulainen 2002; NEAT 1.2";
constexpr Range<double> kProbability{0.0, 1.0};
constexpr Range<double> kSize{0.0, 1e6};
constexpr double kNoLimit = 1e6;

/// Of the maze experiments of Lehman & Stanley 2011; weights are clipped as NSC does.
void set_rates_of_the_maze(NeatVariationParameters& parameters) {
  parameters.mutate_only = 0.3;
  parameters.add_node = 0.005;
  parameters.add_link = 0.1;
  parameters.link_tries = 40;
  parameters.recurrent_only = 0.2;
  parameters.mutate_weights = 0.6;
  parameters.weight_power = 0.8;
  parameters.weight_limit = 3.0;
  parameters.toggle_enabled = 0.1;
  parameters.re_enable = 0.05;
  parameters.mutate_activation = 0.05;
  parameters.weight_coefficient = 3.0;
}

/// Where NSC's operators differ from those of NEAT 1.2.
void set_operators_of_nsc(NeatVariationParameters& parameters) {
  parameters.unmatched_genes = UnmatchedGenes::both;
  parameters.split_out_weight = 0.3;
}

}  // namespace

void NeatVariationParameters::visit(ParameterVisitor& visitor) {
  visitor.real("mutate_only", mutate_only, kProbability,
               {"share of children with one parent, which are always mutated", "", kNeat});
  visitor.real("mate_only", mate_only, kProbability,
               {"share of children of two different parents that are not mutated", "", kNeat});
  visitor.real("multipoint", multipoint, kProbability,
               {"share of crossovers that draw each matching gene; the others average its weights",
                "", kNeat});
  visitor.choice("unmatched_genes", unmatched_genes,
                 {{"mother", UnmatchedGenes::mother}, {"both", UnmatchedGenes::both}},
                 {"whose disjoint and excess genes a child gets; the mother is the fitter parent",
                  "", "NEAT 1.2; both: NSC (novelty-search-cpp)"});
  visitor.real(
      "keep_disabled", keep_disabled, kProbability,
      {"probability that a gene disabled in either parent is disabled in the child", "", kNeat});
  visitor.real(
      "add_node", add_node, kProbability,
      {"probability per genome of splitting a link; then nothing else mutates", "", kNeat});
  visitor.real("add_link", add_link, kProbability,
               {"probability per genome of a new link where none was split; then nothing else "
                "mutates",
                "", kNeat});
  visitor.real("split_out_weight", split_out_weight, {0.0, 1.0},
               {"weight out of a new node, as a factor of the split link's; the one into it is 1",
                "", "NEAT 1.2; 0.3: NSC (novelty-search-cpp)"});
  visitor.integer(
      "link_tries", link_tries, {1, 1000000},
      {"pairs of nodes that are drawn for a new link before the search is given up", "", kNeat});
  visitor.real("recurrent_only", recurrent_only, kProbability,
               {"probability that a new link must close a cycle; otherwise it must not. CPPNs: "
                "never",
                "", kNeat});
  visitor.real("mutate_weights", mutate_weights, kProbability,
               {"probability per genome of changing weights", "", kNeat});
  visitor.choice(
      "weight_rule", weight_rule,
      {{"two_modes", WeightRule::two_modes}, {"paper", WeightRule::paper}},
      {"paper = 90% of the weights are moved, 10% replaced; two_modes = half of the time 70% are "
       "moved and 20% replaced, otherwise all are moved, except that of the newest fifth 50% are "
       "moved and 20% replaced",
       "", "NEAT 1.2; Stanley & Miikkulainen 2002"});
  visitor.real("weight_power", weight_power, kSize,
               {"weights are moved by, or replaced with, a uniform number in +- this", "", kNeat});
  visitor.real(
      "weight_limit", weight_limit, kSize,
      {"changed weights are clipped to +- this", "", "NEAT 1.2; NSC (novelty-search-cpp): 3"});
  visitor.real(
      "toggle_enabled", toggle_enabled, kProbability,
      {"probability per genome of switching one link on or off; the last enabled one out of a node "
       "stays",
       "", kNeat});
  visitor.real("re_enable", re_enable, kProbability,
               {"probability per genome of enabling its oldest disabled link", "", kNeat});
  visitor.real(
      "mutate_activation", mutate_activation, kProbability,
      {"probability per genome that one hidden node draws a new activation", "", "our choice"});
  visitor.real(
      "mutate_output_activation", mutate_output_activation, kProbability,
      {"probability per genome that one output draws a new activation, from those of hidden "
       "nodes; of CPPNs alone",
       "", "our choice: 0; neat-python, PUREPLES: as hidden nodes do"});
  visit_distance(visitor);
}

void NeatVariationParameters::apply_preset(std::string_view name) {
  *this = NeatVariationParameters();
  if (name == "nsc") {
    set_operators_of_nsc(*this);
    weight_limit = 3.0;
  } else if (name == "jair04") {
    add_node = 0.01;
    add_link = 0.1;
    weight_rule = WeightRule::paper;
    weight_limit = kNoLimit;
  } else if (name != "textbook") {
    set_rates_of_the_maze(*this);
    if (name == "as_published") set_operators_of_nsc(*this);
    if (name == "cppn") {
      add_node = 0.03;
      mutate_activation = 0.1;
    }
  }
}

}  // namespace cambrian
