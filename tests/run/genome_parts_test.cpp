// What a program's own encodings and genome kinds are assembled into.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cambrian/genome/real/real_population.hpp"
#include "cambrian/run/assembly.hpp"
#include "cambrian/run/stored_run.hpp"
#include "tests/catalogue/drafts.hpp"

namespace cambrian {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;

/// Takes genomes of the parts that it is given.
class InParts final : public Encoding {
 public:
  explicit InParts(std::vector<GenomePart> parts) : parts_(std::move(parts)) {}
  std::vector<GenomePart> genome() const override { return parts_; }
  std::unique_ptr<Decoder> make_decoder(const NetworkInterface&) const override { return nullptr; }

 private:
  std::vector<GenomePart> parts_;
};

std::unique_ptr<Assembly> assembled(const std::vector<GenomePart>& parts) {
  Catalogue catalogue = drafts::catalogue();
  catalogue.genomes.push_back(real_kind());
  catalogue.genomes.back().name = "pairs";
  catalogue.genomes.back().variation = "gaussian";
  EncodingComponent line;
  line.name = "in_parts";
  line.parameters = [] { return std::make_unique<NoParameters>(); };
  line.make = [parts](const Parameters&, const NetworkInterface&) {
    return std::make_unique<InParts>(parts);
  };
  catalogue.encodings.push_back(line);
  StateTree tree;
  tree.writer()->attribute("config", std::string("[environment]\nname = \"maze\"\n[encoding]\n"
                                                 "name = \"in_parts\"\n[algorithm]\n"
                                                 "name = \"map_elites\"\n[genome]\nlength = 7\n"));
  Configuration configuration = stored_configuration(*tree.reader(), "parts.h5", catalogue);
  const RecordedInputs inputs({data_folder()});
  return assemble(configuration, catalogue, inputs, 1);
}

GenomePart vectors(const std::string& name, const std::string& kind) {
  GenomePart part = genome_part<RealGenomeParameters>(kind, [](const RealGenomeParameters& genome) {
    return std::make_unique<RealSpace>(genome, static_cast<std::size_t>(genome.length));
  });
  part.name = name;
  return part;
}

TEST(GenomeParts, TheKindSaysWhichParametersAreReadAndWhatVariesTheGenomes) {
  const auto parts = assembled({vectors("", "pairs")});
  EXPECT_EQ(parts->variation_name, "gaussian");
  EXPECT_EQ(dynamic_cast<const RealSpace&>(*parts->space).length(), 7U);
}

TEST(GenomeParts, SeveralAreRefusedInOneLine) {
  EXPECT_THAT(([] {
                assembled({vectors("weights", "real"), vectors("rules", "real")});
              }),
              ThrowsMessage<ConfigError>(HasSubstr("'in_parts' takes genomes of several parts")));
}

TEST(GenomeParts, AKindThatTheCatalogueDoesNotHaveIsRefused) {
  EXPECT_THAT([] { assembled({vectors("", "trees")}); },
              ThrowsMessage<ConfigError>(HasSubstr("there is no 'trees'")));
}

}  // namespace
}  // namespace cambrian
