// Everything that a configuration can name says where it comes from.
#include <gtest/gtest.h>

#include "cambrian/catalogue/catalogue_entries.hpp"
#include "cambrian/configuration/parameter_sheet.hpp"
#include "environments/environments.hpp"

namespace cambrian {
namespace {

TEST(Sources, EveryComponentAndEveryParameterHasOne) {
  std::size_t parameters = 0;
  for (const CatalogueEntry& entry : catalogue_entries(make_catalogue(environments()))) {
    const std::string name = entry.room + "." + entry.name;
    if (entry.room != "tables") {
      EXPECT_NE(entry.source, "") << name;
    }
    EXPECT_NE(entry.summary, "") << name;
    for (const ParameterLine& line : parameter_sheet(entry.parameters).lines) {
      ++parameters;
      EXPECT_NE(line.source, "") << name << ": " << line.name;
      EXPECT_NE(line.meaning, "") << name << ": " << line.name;
    }
  }
  EXPECT_GT(parameters, 50U);
}

}  // namespace
}  // namespace cambrian
