#include "cambrian/encoding/node_functions.hpp"

namespace cambrian {
namespace {

constexpr bool same(Activation a, NodeFunction b) { return node_function(a) == b; }

static_assert(kActivations == kNodeFunctions);
static_assert(same(Activation::identity, NodeFunction::identity));
static_assert(same(Activation::bipolar_sigmoid, NodeFunction::bipolar_sigmoid));
static_assert(same(Activation::gaussian, NodeFunction::gaussian));
static_assert(same(Activation::absolute, NodeFunction::absolute));
static_assert(same(Activation::sine, NodeFunction::sine));
static_assert(same(Activation::steep_sigmoid, NodeFunction::steep_sigmoid));
static_assert(same(Activation::neat_sigmoid, NodeFunction::neat_sigmoid));
static_assert(same(Activation::tanh, NodeFunction::tanh));
static_assert(same(Activation::sigmoid, NodeFunction::sigmoid));
static_assert(same(Activation::step, NodeFunction::step));
static_assert(same(Activation::relu, NodeFunction::relu));
static_assert(same(Activation::cosine, NodeFunction::cosine));
static_assert(same(Activation::plain_sine, NodeFunction::plain_sine));
static_assert(same(Activation::plain_gaussian, NodeFunction::plain_gaussian));
static_assert(same(Activation::square, NodeFunction::square));

}  // namespace

std::vector<Choice<Activation>> bounded_activations() {
  return activation_choices(
      {Activation::tanh, Activation::sigmoid, Activation::steep_sigmoid, Activation::neat_sigmoid,
       Activation::bipolar_sigmoid, Activation::gaussian, Activation::sine, Activation::step,
       Activation::cosine, Activation::plain_sine, Activation::plain_gaussian});
}

}  // namespace cambrian
