// Schwefel's problem 1.2, whose numbers all depend on those before them:
//
//   objective  - sum over i of (x_1 + ... + x_{i-1})^2, or with x_i in the inner sum; 0 is best
//   measures   x_1 and x_2, bounds [-5, 5]
//
// `inner_sum` says which: the paper means the textbook's function, up to x_i; the inner sum of its
// code ends before x_i, so that the last number is free. Numbers are expected in [-5, 5], but taken
// as they are ([genome] range).
//
// Gradients by x_k: objective - 2 times the sum of the inner sums that hold x_k; measures 1 or 0. The
// declared worst is that of all numbers at an end. Inner sums are computed in double precision.
// Source: Schwefel 1981, problem 1.2; Vassiliades & Mouret 2018 (Iso+LineDD) and their code.
#pragma once

#include "cambrian/core/parameters.hpp"
#include "cambrian/environment/environment.hpp"

namespace cambrian {

enum class SchwefelSum { before, up_to };

struct SchwefelParameters final : Parameters {
  std::int64_t dimensions = 100;
  SchwefelSum inner_sum = SchwefelSum::up_to;
  void visit(ParameterVisitor& visitor) override;
  std::vector<std::string_view> presets() const override { return {"textbook", "as_published"}; }
  void apply_preset(std::string_view name) override;
};

EnvironmentComponent schwefel_environment();

}  // namespace cambrian
