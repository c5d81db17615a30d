#include "cambrian/network/modularity.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

constexpr double kGain = 1e-9;  // of Q * m that counts as more than rounding

using Members = std::vector<Eigen::Index>;

/// B + B^T with B_ij = A_ij - out_i in_j / m.
Eigen::MatrixXd symmetric_surplus(Eigen::Index nodes, std::span<const Arc> arcs) {
  Eigen::MatrixXd surplus = Eigen::MatrixXd::Zero(nodes, nodes);
  Eigen::VectorXd out = Eigen::VectorXd::Zero(nodes);
  Eigen::VectorXd in = Eigen::VectorXd::Zero(nodes);
  for (const Arc& arc : arcs) {
    surplus(arc.source, arc.target) += 1.0;
    out(arc.source) += 1.0;
    in(arc.target) += 1.0;
  }
  surplus -= out * in.transpose() / static_cast<double>(arcs.size());
  return surplus + surplus.transpose().eval();
}

/// Bisects groups of the nodes of a matrix B + B^T.
class Bisection {
 public:
  explicit Bisection(const Eigen::MatrixXd& surplus) : surplus_(surplus) {}

  /// The sides, 1 or -1, of the members of a group; empty where no bisection raises Q.
  Eigen::VectorXd split(const Members& group) {
    matrix_ = surplus_(group, group);
    // What the group loses by being one module is not to be won twice.
    const Eigen::VectorXd within = matrix_.rowwise().sum();
    matrix_.diagonal() -= within;
    solver_.compute(matrix_);
    const Eigen::VectorXd leading = solver_.eigenvectors().col(matrix_.cols() - 1);
    Eigen::VectorXd sides =
        (leading.array() > 0.0)
            .select(Eigen::VectorXd::Ones(leading.size()), -Eigen::VectorXd::Ones(leading.size()));
    while (refine(sides)) {
    }
    return sides.dot(matrix_ * sides) > kGain ? sides : Eigen::VectorXd();
  }

 private:
  /// Every node changes sides once, each time the one whose change is best; the best state on the way
  /// is kept. @return whether it is better than the first
  bool refine(Eigen::VectorXd& sides) const {
    const Eigen::Index n = sides.size();
    Eigen::VectorXd now = sides;
    Eigen::VectorXd pull = matrix_ * now;
    std::vector<std::uint8_t> moved(static_cast<std::size_t>(n), 0);
    double gained = 0.0, best = kGain;
    bool better = false;
    for (Eigen::Index step = 0; step < n; ++step) {
      Eigen::Index chosen = -1;
      double most = 0.0;
      for (Eigen::Index i = 0; i < n; ++i) {
        if (moved[static_cast<std::size_t>(i)] != 0) continue;
        const double gain = 4.0 * (matrix_(i, i) - now(i) * pull(i));
        if (chosen >= 0 && gain <= most) continue;
        chosen = i;
        most = gain;
      }
      moved[static_cast<std::size_t>(chosen)] = 1;
      pull -= 2.0 * now(chosen) * matrix_.col(chosen);
      now(chosen) = -now(chosen);
      gained += most;
      if (gained <= best) continue;
      best = gained;
      sides = now;
      better = true;
    }
    return better;
  }

  const Eigen::MatrixXd& surplus_;
  Eigen::MatrixXd matrix_;
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver_;
};

/// Nodes change to the module that pulls them most, one after another, until none gains by it.
void settle(const Eigen::MatrixXd& surplus, std::uint32_t modules,
            std::vector<std::uint32_t>& module_of) {
  const auto n = static_cast<Eigen::Index>(module_of.size());
  Eigen::VectorXd pull(modules);
  for (bool changed = true; changed;) {
    changed = false;
    for (Eigen::Index i = 0; i < n; ++i) {
      pull.setZero();
      for (Eigen::Index j = 0; j < n; ++j) {
        if (j != i) pull(module_of[static_cast<std::size_t>(j)]) += surplus(i, j);
      }
      std::uint32_t& own = module_of[static_cast<std::size_t>(i)];
      Eigen::Index best = own;
      if (pull.maxCoeff(&best) <= pull(own) + kGain) continue;
      own = static_cast<std::uint32_t>(best);
      changed = true;
    }
  }
}

std::vector<std::uint32_t> modules_of(Eigen::Index nodes, std::span<const Arc> arcs) {
  const Eigen::MatrixXd surplus = symmetric_surplus(nodes, arcs);
  Bisection bisection(surplus);
  std::vector<std::uint32_t> module_of(static_cast<std::size_t>(nodes), 0);
  std::uint32_t modules = 0;
  std::vector<Members> groups(1, Members(static_cast<std::size_t>(nodes)));
  std::iota(groups.front().begin(), groups.front().end(), Eigen::Index{0});
  while (!groups.empty()) {
    const Members group = std::move(groups.back());
    groups.pop_back();
    const Eigen::VectorXd sides = bisection.split(group);
    Members parts[2];
    for (std::size_t i = 0; i < group.size(); ++i) {
      const bool other = sides.size() > 0 && sides(static_cast<Eigen::Index>(i)) < 0.0;
      parts[other ? 1 : 0].push_back(group[i]);
    }
    if (!parts[0].empty() && !parts[1].empty()) {
      for (Members& part : parts) groups.push_back(std::move(part));
      continue;
    }
    for (const Eigen::Index member : group) module_of[static_cast<std::size_t>(member)] = modules;
    ++modules;
  }
  settle(surplus, modules, module_of);
  return module_of;
}

std::vector<Arc> arcs_of(const Wiring& wiring) {
  std::vector<Arc> arcs;
  for (const Wiring::Link& link : wiring.links) {
    if (wiring.nodes[link.source].kind != NodeKind::bias) {
      arcs.push_back({link.source, link.target});
    }
  }
  return arcs;
}

}  // namespace

double modularity(std::span<const Arc> arcs, std::span<const std::uint32_t> module_of) {
  if (arcs.empty()) return 0.0;
  const std::uint32_t modules = *std::ranges::max_element(module_of) + 1;
  std::vector<double> within(modules), out(modules), in(modules);
  for (const Arc& arc : arcs) {
    const std::uint32_t from = module_of[arc.source], to = module_of[arc.target];
    within[from] += from == to ? 1.0 : 0.0;
    out[from] += 1.0;
    in[to] += 1.0;
  }
  const auto m = static_cast<double>(arcs.size());
  double q = 0.0;
  for (std::uint32_t c = 0; c < modules; ++c) q += within[c] / m - out[c] * in[c] / (m * m);
  return q;
}

std::vector<std::uint32_t> find_modules(std::size_t nodes, std::span<const Arc> arcs) {
  constexpr std::uint32_t kNone = 0xffffffffU;
  std::vector<std::uint32_t> place(nodes, kNone);  // among the nodes that have arcs
  std::uint32_t linked = 0;
  std::vector<Arc> placed;
  for (const Arc& arc : arcs) {
    for (const std::uint32_t end : {arc.source, arc.target}) {
      if (place[end] == kNone) place[end] = linked++;
    }
    placed.push_back({place[arc.source], place[arc.target]});
  }
  std::vector<std::uint32_t> module_of(nodes, 0);
  if (linked == 0) return module_of;
  const std::vector<std::uint32_t> found = modules_of(linked, placed);
  for (std::size_t i = 0; i < nodes; ++i) {
    if (place[i] != kNone) module_of[i] = found[place[i]];
  }
  return module_of;
}

double modularity(const Wiring& wiring) {
  const std::vector<Arc> arcs = arcs_of(wiring);
  // All in one module is a division, too, so that rounding alone makes it less than 0.
  return std::max(0.0, modularity(arcs, find_modules(wiring.nodes.size(), arcs)));
}

double connection_cost(const Wiring& wiring) {
  double cost = 0.0;
  for (const Arc& arc : arcs_of(wiring)) {
    const Wiring::Place& from = wiring.nodes[arc.source].place;
    const Wiring::Place& to = wiring.nodes[arc.target].place;
    if (std::isnan(from.x) || std::isnan(to.x)) {
      throw Error("network.connection_cost: the neurons of this network have no places");
    }
    const auto squared = [](float a, float b) {
      const double difference = static_cast<double>(a) - static_cast<double>(b);
      return std::isnan(difference) ? 0.0 : difference * difference;
    };
    cost += squared(from.x, to.x) + squared(from.y, to.y) + squared(from.z, to.z);
  }
  return cost;
}

}  // namespace cambrian
