// Ranges hold wherever parameters enter: a component that is made without a configuration refuses
// what its parameters do not allow, in release builds too.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/catalogue/catalogue.hpp"
#include "cambrian/catalogue/catalogue_entries.hpp"
#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/core/error.hpp"
#include "cambrian/genome/graph/graph_space.hpp"
#include "cambrian/genome/real/real_population.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

/// Counts the bounds that parameters declare, and moves the value of the n-th beyond it.
class Beyond final : public ParameterVisitor {
 public:
  explicit Beyond(std::size_t which) : which_(which) {}
  std::size_t bounds = 0;
  std::string key;  ///< of the parameter that was moved

 private:
  void meet(const Parameter& parameter) override {
    std::visit([&](auto* value) { move(parameter, *value); }, parameter.value);
  }
  template <class T>
  void put(const Parameter& parameter, T& value, T beyond) {
    if (bounds++ != which_) return;
    key = parameter.name;
    value = beyond;
  }
  template <class T>
  void put(const Parameter& parameter, std::vector<T>& value, T beyond) {
    if (bounds++ != which_) return;
    key = parameter.name;
    value.assign(1, beyond);
  }
  template <class T, class Value>
  void move_number(const Parameter& parameter, Value& value) {
    const Range<T> range = std::get<Range<T>>(parameter.range);
    // Beyond infinity there is nothing.
    if (range.min != Range<T>{}.min && below(range.min) != range.min)
      put(parameter, value, below(range.min));
    if (range.max != Range<T>{}.max && above(range.max) != range.max)
      put(parameter, value, above(range.max));
  }
  static std::int64_t below(std::int64_t bound) { return bound - 1; }
  static std::int64_t above(std::int64_t bound) { return bound + 1; }
  static double below(double bound) {
    return std::nextafter(bound, -std::numeric_limits<double>::infinity());
  }
  static double above(double bound) {
    return std::nextafter(bound, std::numeric_limits<double>::infinity());
  }
  void move(const Parameter& parameter, std::int64_t& value) {
    move_number<std::int64_t>(parameter, value);
  }
  void move(const Parameter& parameter, std::vector<std::int64_t>& value) {
    move_number<std::int64_t>(parameter, value);
  }
  void move(const Parameter& parameter, double& value) { move_number<double>(parameter, value); }
  void move(const Parameter& parameter, std::vector<double>& value) {
    move_number<double>(parameter, value);
  }
  template <class T>
  void move(const Parameter&, T&) {}

  std::size_t which_;
};

/// Everything that components are made from.
struct Parts {
  Catalogue catalogue = make_catalogue(environments());
  RecordedInputs inputs{{data_folder()}};
  NetworkInterface body = {.sensors = {{"left", {}, {-1.0, -1.0}}, {"right", {}, {1.0, -1.0}}},
                           .motors = {{"motor", {}, {0.0, 1.0}}}};
  DescriptorSpace plane = {{"x", "y"}, {"", ""}, {-1, -1}, {1, 1}};
  RealSpace vectors{{}, 2};
  GraphSpace graphs{{}, {{.inputs = 1, .outputs = 1}}};
};

/// Makes the component with each of its bounds broken in turn. @return bounds that it has
template <class C, class Make>
std::size_t expect_refused(const C& component, const Make& make) {
  std::size_t bounds = 1;
  for (std::size_t which = 0; which < bounds; ++which) {
    const std::unique_ptr<Parameters> parameters = component.parameters();
    Beyond beyond(which);
    parameters->visit(beyond);
    bounds = beyond.bounds;
    if (bounds == 0) return 0;
    try {
      make(*parameters);
      ADD_FAILURE() << component.name << " takes " << beyond.key << " beyond its bound";
    } catch (const ConfigError& error) {
      EXPECT_EQ(error.key(), beyond.key) << component.name << ": " << error.what();
    }
  }
  return bounds;
}

TEST(Bounds, OfEnvironments) {
  const Parts parts;
  std::size_t bounds = 0;
  for (const EnvironmentComponent& component : parts.catalogue.environments)
    bounds +=
        expect_refused(component, [&](const Parameters& p) { component.make(p, parts.inputs); });
  EXPECT_GE(bounds, 8U);
}

TEST(Bounds, OfEncodings) {
  const Parts parts;
  std::size_t bounds = 0;
  for (const EncodingComponent& component : parts.catalogue.encodings)
    bounds +=
        expect_refused(component, [&](const Parameters& p) { component.make(p, parts.body); });
  EXPECT_GE(bounds, 14U);
}

TEST(Bounds, OfArchives) {
  const Parts parts;
  std::size_t bounds = 0;
  for (const ArchiveComponent& component : parts.catalogue.archives)
    bounds +=
        expect_refused(component, [&](const Parameters& p) { component.make(p, {parts.plane}); });
  EXPECT_GE(bounds, 55U);
}

TEST(Bounds, OfVariations) {
  const Parts parts;
  std::size_t bounds = 0;
  for (const VariationComponent& component : parts.catalogue.variations) {
    const GenomeSpace* space = &parts.vectors;
    if (component.name == "neat") space = &parts.graphs;
    bounds += expect_refused(component, [&](const Parameters& p) { component.make(p, *space); });
  }
  EXPECT_GE(bounds, 30U);
}

TEST(Bounds, OfAlgorithmsAndEmitters) {
  const Parts parts;
  const VariationComponent& gaussian = parts.catalogue.variations.front();
  const GenomeSpace& space =
      gaussian.name == "neat" ? static_cast<const GenomeSpace&>(parts.graphs) : parts.vectors;
  const auto variation = gaussian.make(*gaussian.parameters(), space);
  std::size_t bounds = 0;
  for (const AlgorithmComponent& component : parts.catalogue.algorithms) {
    bounds += expect_refused(component, [&](const Parameters& p) {
      const std::string name = component.name.ends_with("novelty_search") ? "unstructured" : "grid";
      const auto archive =
          std::ranges::find(parts.catalogue.archives, name, &ArchiveComponent::name);
      OwnParts own(space, *variation, archive->make(*archive->parameters(), {parts.plane}), 1);
      component.make(p, own);
    });
  }
  for (const EmitterComponent& component : parts.catalogue.emitters) {
    bounds += expect_refused(component, [&](const Parameters& p) {
      OwnParts own(space, *variation, parts.plane, 1);
      component.make(p, emitter_context(own, "algorithm", 1));
    });
  }
  EXPECT_GE(bounds, 30U);
}

TEST(Bounds, OfGenomes) {
  RealGenomeParameters real;
  real.initial_sd = -1;
  EXPECT_THROW(RealSpace(real, 2), ConfigError);
  GraphGenomeParameters graph;
  graph.initial_range = -1;
  EXPECT_THROW(GraphSpace(graph, {{.inputs = 1, .outputs = 1}}), ConfigError);
}

TEST(Names, TwoOfOneKindAreRefused) {
  Catalogue catalogue = make_catalogue(environments());
  EXPECT_NO_THROW(check_names(catalogue));
  catalogue.archives.push_back(catalogue.archives.front());
  try {
    check_names(catalogue);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "two of the archives are called 'grid'");
  }
  catalogue.archives.back().name.clear();
  EXPECT_THROW(check_names(catalogue), Error);
}

TEST(Names, AComponentThatAProgramAddsIsListedAndDescribed) {
  Catalogue catalogue = make_catalogue(environments());
  ArchiveComponent own = catalogue.archives.front();
  own.name = "mine";
  catalogue.archives.push_back(own);
  EXPECT_TRUE(has_entry(catalogue, "mine"));
  EXPECT_EQ(find_entry(catalogue, "archives.mine").table, "archive");
  EXPECT_EQ(table_entries(catalogue, "result_archive").components.back().name, "mine");
}

}  // namespace
}  // namespace cambrian
