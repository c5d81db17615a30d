// NEAT's mutations, each of one genome in place. All keep the genome's invariants (check.hpp).
#pragma once

#include <cstdint>
#include <vector>

#include "cambrian/core/stream.hpp"
#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/genome/graph/neat_parameters.hpp"
#include "cambrian/genome/graph/reachability.hpp"

namespace cambrian {

/// Memory of mutation, one per caller.
struct MutationScratch {
  std::vector<float> uniforms, weights, is_newest;  // [edges]
  std::vector<std::uint64_t> ages;
  Reachability reachability;
};

/// At most one structural mutation (a node, else an edge), and only without one the others, each
/// with its own probability.
/// Source: NEAT 1.2 and NSC (novelty-search-cpp); the mutation of activations is our choice.
void mutate(Graph& graph, const NeatVariationParameters& parameters, const GraphSpace::Shape& shape,
            Stream& stream, MutationScratch& scratch);

/// Splits a random enabled edge that does not leave the bias (20 tries): it is disabled, the edge
/// into the new node weighs 1, the one out of it out_weight times the old.
/// @return false if none was found
bool add_node(Graph& graph, double out_weight, const GraphSpace::Shape& shape, Stream& stream);

/// Joins a random node to a random hidden or output node by an edge of weight U(-1, 1).
/// With `recurrent` the link closes a cycle (half of the tries: from a node to itself), else it
/// does not; both over all edges, enabled or not (NEAT 1.2 looks at the enabled ones).
/// @return false if no pair was found in `tries`
bool add_link(Graph& graph, bool recurrent, std::int64_t tries, Stream& stream,
              Reachability& reachability);

/// add_link() as the parameters say: recurrent or not by chance, never in acyclic graphs.
bool mutate_link(Graph& graph, const NeatVariationParameters& parameters,
                 const GraphSpace::Shape& shape, Stream& stream, MutationScratch& scratch);

/// Moves or replaces weights by parameters.weight_rule, and clips them.
void mutate_weights(Graph& graph, const NeatVariationParameters& parameters, Stream& stream,
                    MutationScratch& scratch);

/// Switches a random edge; one that is the last enabled one out of its node stays.
void toggle_link(Graph& graph, Stream& stream);

/// Enables the first disabled edge by (birth, mark).
void re_enable_link(Graph& graph);

/// A random hidden node draws its activation anew.
void mutate_activation(Graph& graph, const GraphSpace::Shape& shape, Stream& stream);
/// A random output does so.
void mutate_output_activation(Graph& graph, const GraphSpace::Shape& shape, Stream& stream);

}  // namespace cambrian
