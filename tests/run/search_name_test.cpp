// What compositions are called, held against the experiment files of published ones.
#include "cambrian/run/search_name.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "cambrian/catalogue/inputs_record.hpp"
#include "cambrian/run/assembly.hpp"
#include "environments/environments.hpp"
#include "tests/paths.hpp"

namespace cambrian {
namespace {

std::string named(const std::string& experiment, const std::vector<std::string>& sets = {}) {
  const std::filesystem::path folder =
      std::filesystem::path(source_folder()) / "data" / "experiments";
  const Catalogue catalogue = make_catalogue(environments(), {data_folder()});
  Configuration configuration =
      Configuration::from_file((folder / (experiment + ".toml")).string());
  for (const std::string& set : sets) configuration.set(set);
  const RecordedInputs inputs(input_folders(folder, {data_folder()}));
  return assemble(configuration, catalogue, inputs, 1)->search;
}

TEST(SearchName, IsThatOfThePublishedComposition) {
  EXPECT_EQ(named("sphere_100_map_elites"), "MAP-Elites");
  EXPECT_EQ(named("hard_maze_map_elites"), "MAP-Elites");
  EXPECT_EQ(named("sphere_100_cvt_map_elites"), "CVT-MAP-Elites");
  EXPECT_EQ(named("sphere_20_sliding_boundaries"), "MAP-Elites with sliding boundaries");
  EXPECT_EQ(named("sphere_100_cma_me"), "CMA-ME");
  EXPECT_EQ(named("sphere_100_cma_me_mixture"), "CMA-ME");
  EXPECT_EQ(named("sphere_100_cma_mae"), "CMA-MAE");
  EXPECT_EQ(named("sphere_100_sep_cma_mae"), "sep-CMA-MAE");
  EXPECT_EQ(named("sphere_100_lm_ma_mae"), "LM-MA-MAE");
  EXPECT_EQ(named("sphere_100_me_es"), "ME-ES");
  EXPECT_EQ(named("sphere_100_density_descent"), "Density descent search");
  EXPECT_EQ(named("sphere_100_random"), "Random search");
  EXPECT_EQ(named("kheperax_dominated_novelty"), "Dominated novelty search");
  EXPECT_EQ(named("kheperax_nslc"), "Novelty search with local competition");
  EXPECT_EQ(named("kheperax_novelty_search"), "Novelty search by evolution strategies");
}

TEST(SearchName, NamesTheEmittersOfOthers) {
  EXPECT_EQ(named("sphere_100_map_elites", {"archive.contents=threshold"}),
            "MAP-Elites with elite");
  EXPECT_EQ(named("sphere_100_map_elites",
                  {"algorithm.emitters=[{name=\"cma_es\"},{name=\"elite\"},{name=\"cma_es\"}]"}),
            "MAP-Elites with cma_es and elite");
  EXPECT_EQ(named("sphere_100_map_elites", {"algorithm.active_emitters=1",
                                            "algorithm.emitters=[{name=\"cma_es\",count=2}]"}),
            "Multi-emitter MAP-Elites with cma_es");
}

TEST(SearchName, IsLeftToTheAlgorithmWhereThatIsAnother) {
  EXPECT_EQ(named("hard_maze_neat_novelty"), "");
}

}  // namespace
}  // namespace cambrian
