#include "environments/hinton_nowlan/guesses_scene.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "environments/hinton_nowlan/hinton_nowlan.hpp"

namespace cambrian {
namespace {

constexpr double kWide = 20;  // of the rows of cells, and of the curve below
constexpr double kHigh = 6;   // of the curve
constexpr double kGenome = 10, kGuess = 8.4, kSays = 7.2;
constexpr double kGutter = -2;         // middle of the words to the left
constexpr std::size_t kLettered = 25;  // loci at most, so that signs have room in their cells

/// Where a trial stands, on a logarithmic scale.
double place_of(double trial, std::int64_t trials) {
  return trials == 1 ? kWide : kWide * std::log(trial) / std::log(static_cast<double>(trials));
}

/// @param values  alleles or guesses; none yet: empty cells
void add_cells(std::span<const double> values, double bottom, Scene& scene) {
  const double wide = kWide / static_cast<double>(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double left = wide * static_cast<double>(i);
    SceneCell cell = {{left + 0.06 * wide, bottom}, {left + 0.94 * wide, bottom + 1}, 0.05};
    if (values[i] == 2) {
      cell.shade = 0.2;
      if (values.size() <= kLettered) {
        scene.labels.push_back({SceneRole::wall, {left + wide / 2, bottom + 0.5}, "?"});
      }
    } else if (values[i] >= 0) {
      cell.shade = 0.85;
      cell.role = values[i] == 1 ? SceneRole::start : SceneRole::goal;
    }
    scene.cells.push_back(cell);
  }
}

/// The axes of the number right over trials.
void add_axes(std::size_t loci, std::int64_t trials, Scene& scene) {
  scene.lines = {{SceneRole::wall, {{0, kHigh + 0.3}, {0, 0}, {kWide, 0}}},
                 {SceneRole::goal, {{0, kHigh}, {kWide, kHigh}}}};
  const auto label = [&](double x, double y, const std::string& text, SceneRole role) {
    scene.labels.push_back({role, {x, y}, text});
  };
  label(kGutter, kHigh, fmt::format("all {}", loci), SceneRole::goal);
  label(kGutter, kHigh / 2, "right", SceneRole::wall);
  label(kGutter + 1.2, 0, "0", SceneRole::wall);
  for (std::int64_t tick = 1; tick <= trials; tick *= 10) {
    const double x = place_of(static_cast<double>(tick), trials);
    scene.lines.push_back({SceneRole::wall, {{x, 0}, {x, -0.2}}});
    label(x, -0.8, fmt::format("{}", tick), SceneRole::wall);
  }
  label(kWide / 2, -1.8, "trial", SceneRole::wall);
}

std::string said_of(std::span<const double> row, std::size_t loci, std::int64_t trials) {
  if (row[0] == 0) return "before the first trial";
  const auto trial = static_cast<std::int64_t>(row[0]);
  const auto right = static_cast<std::size_t>(row[1]);
  if (right == loci) {
    return fmt::format("trial {}: found, fitness {:.6g}", trial, fitness_of(trial, trials));
  }
  return fmt::format("trial {}: {} of {} right, at most {} so far{}", trial, right, loci,
                     static_cast<std::size_t>(row[2]), trial == trials ? ", never found" : "");
}

}  // namespace

std::vector<std::string> guesses_trace(std::size_t loci) {
  std::vector<std::string> names = {"trial", "right", "most"};
  for (std::size_t i = 0; i < loci; ++i) names.push_back(fmt::format("allele_{}", i));
  for (std::size_t i = 0; i < loci; ++i) names.push_back(fmt::format("guess_{}", i));
  return names;
}

std::size_t GuessesMoment::right() const {
  return static_cast<std::size_t>(std::ranges::count(std::span(row_).subspan(kCounts + loci_), 1));
}

void GuessesMoment::count(std::int64_t trial) {
  row_[0] = static_cast<double>(trial);
  row_[1] = static_cast<double>(right());
  row_[2] = std::max(row_[2], row_[1]);
}

Scene guesses_scene(std::span<const double> row, std::int64_t trials) {
  const std::size_t loci = (row.size() - GuessesMoment::kCounts) / 2;
  Scene scene;
  scene.min = {-4, -2.2};
  scene.max = {kWide + 0.8, kGenome + 1.2};
  scene.legend = "blue: 1 (right), red: 0 (wrong), ?: guessed anew in each trial";
  add_cells(row.subspan(GuessesMoment::kCounts, loci), kGenome, scene);
  add_cells(row.subspan(GuessesMoment::kCounts + loci), kGuess, scene);
  scene.labels.push_back({SceneRole::wall, {kGutter, kGenome + 0.5}, "genome"});
  scene.labels.push_back({SceneRole::wall, {kGutter, kGuess + 0.5}, "guess"});
  scene.labels.push_back({SceneRole::wall, {kWide / 2, kSays}, said_of(row, loci, trials)});
  add_axes(loci, trials, scene);
  if (row[0] > 0) {
    scene.circles = {{SceneRole::agent,
                      {place_of(row[0], trials), kHigh * row[1] / static_cast<double>(loci)},
                      0.25}};
  }
  return scene;
}

}  // namespace cambrian
