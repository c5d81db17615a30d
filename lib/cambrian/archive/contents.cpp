#include "cambrian/archive/contents.hpp"

#include <limits>
#include <string>

#include "cambrian/core/error.hpp"

namespace cambrian {

void ContentKeys::visit_contents(ParameterVisitor& visitor) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  visitor.choice("contents", contents,
                 {{"elite", Contents::elite},
                  {"threshold", Contents::threshold},
                  {"density", Contents::density}},
                 {"what a cell holds: elite = its best candidate, threshold = an elite and a "
                  "threshold that candidates move (CMA-MAE), density = an elite, while candidates "
                  "are valued by how densely their place has been visited (DDS)",
                  "", "Mouret & Clune 2015; Fontaine & Nikolaidis 2023; Lee et al. 2024"});
  visitor.choice("add_mode", add_mode, {{"single", AddMode::single}, {"batch", AddMode::batch}},
                 {"what a candidate is compared with: single = the archive as the candidate before "
                  "it left it, "
                  "batch = the archive as it was before the batch",
                  "", "Mouret & Clune 2015; pyribs: batch"});
  visitor.real("learning_rate", learning_rate, {0, 1},
               {"contents threshold: how far a candidate moves it, 0 = not at all, 1 = to its "
                "objective",
                "", "Fontaine & Nikolaidis 2023"});
  visitor.real("threshold_min", threshold_min, {-kInfinity, std::numeric_limits<double>::max()},
               {"contents threshold: that of an empty cell; -inf, with learning rate 1, is the "
                "same as contents elite",
                "of the objective", "Fontaine & Nikolaidis 2023"});
  visitor.choice("acceptance", acceptance,
                 {{"textbook", Acceptance::textbook}, {"as_published", Acceptance::as_published}},
                 {"contents threshold: what enters; textbook = what is above the threshold, "
                  "as_published = also whatever comes to an empty cell or is better than its elite",
                  "", "Fontaine & Nikolaidis 2023; their program: as_published"});
  visitor.real("bandwidth", bandwidth, {0, std::numeric_limits<double>::max()},
               {"contents density: standard deviation of the Gaussian around each descriptor; 0: "
                "5 % of the widest axis",
                "the measures' units", "Lee et al. 2024"});
  visitor.integer("buffer", buffer, {1, 100'000'000},
                  {"contents density: how many of all descriptors are sampled", "descriptors",
                   "Lee et al. 2024"});
}

void ContentKeys::apply_contents_preset(std::string_view name) {
  add_mode = name == "pyribs" ? AddMode::batch : AddMode::single;
  acceptance = name == "as_published" ? Acceptance::as_published : Acceptance::textbook;
}

void ContentKeys::check_contents() const {
  const ContentKeys defaults;
  // `acceptance` is not among them: presets set it, whatever the contents are.
  if (contents != Contents::threshold) {
    constexpr std::string_view threshold = "unless contents is 'threshold'";
    refuse_idle("learning_rate", learning_rate != defaults.learning_rate, threshold);
    refuse_idle("threshold_min", threshold_min != defaults.threshold_min, threshold);
  }
  if (contents != Contents::density) {
    constexpr std::string_view density = "unless contents is 'density'";
    refuse_idle("bandwidth", bandwidth != defaults.bandwidth, density);
    refuse_idle("buffer", buffer != defaults.buffer, density);
  }
  if (threshold_min == -std::numeric_limits<double>::infinity() && learning_rate != 1)
    throw ConfigError("threshold_min", "is -inf, but then the learning rate must be 1");
}

}  // namespace cambrian
