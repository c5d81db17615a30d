#include "cambrian/speciation/generations.hpp"

namespace cambrian {
namespace {

constexpr std::string_view kNeat12 = "NEAT 1.2";
constexpr std::string_view kNeat2002 = "Stanley & Miikkulainen 2002; NEAT 1.2";
constexpr Range<double> kFactor{0.0, 1e9};

}  // namespace

void GenerationsParameters::visit(ParameterVisitor& visitor) {
  visitor.integer("population", population, {1, 1'000'000},
                  {"individuals of a generation", "individuals", kNeat2002});
  visitor.real("survival", survival, {0.0, 1.0},
               {"share of a species, from the fittest down, that become parents; at least one does",
                "", kNeat12});
  visitor.real("interspecies", interspecies, {0.0, 1.0},
               {"probability that a father is another species' champion, better species more often",
                "", kNeat2002});
  visitor.real(
      "threshold", threshold, {0.0, 1e9},
      {"compatibility distance below which two genomes belong to one species, at the start", "",
       kNeat2002});
  visitor.integer("target_species", target_species, {0, 1'000'000},
                  {"number of species that the threshold moves toward, from the second generation "
                   "on; 0: it is fixed",
                   "species", "NEAT 1.2; 10: NSC (novelty-search-cpp)"});
  visitor.real("threshold_step", threshold_step, kFactor,
               {"step per generation by which the threshold moves", "", "NSC"});
  visitor.real("threshold_floor", threshold_floor, kFactor,
               {"a threshold that moves never falls below this", "", "NSC"});
  visitor.choice("representative", representative,
                 {{"champion", Representative::champion}, {"random", Representative::random}},
                 {"which member of the last generation a species stands for", "",
                  "NEAT 1.2; random: Stanley & Miikkulainen 2002"});
  visitor.integer("stagnation", stagnation, {1, 1'000'000'000},
                  {"a species whose champion has not improved for this many generations less one "
                   "is stagnant",
                   "generations", kNeat2002});
  visitor.real("stagnation_factor", stagnation_factor, {0.0, 1.0},
               {"factor on the fitness of stagnant species; 0: they have no offspring", "",
                "NEAT 1.2; 0: Stanley & Miikkulainen 2002"});
  visitor.real("young_factor", young_factor, kFactor,
               {"factor on the fitness of species up to an age of 10 generations", "", kNeat12});
  visitor.integer("punish_every", punish_every, {0, 1'000'000'000},
                  {"generations between two in which the worst species of age 20 or more counts as "
                   "stagnant, whether or not it improves; 0: none does",
                   "generations", "our choice; NEAT 1.2: 30"});
  visitor.choice("delta_coding", delta_coding,
                 {{"champions", DeltaCoding::champions},
                  {"species", DeltaCoding::species},
                  {"off", DeltaCoding::off}},
                 {"what the two best species do when the population has not improved for long: "
                  "champions = slight variants of their champions, species = they breed as usual, "
                  "half of the population each; off = nothing",
                  "", "NEAT 1.2; species: Stanley & Miikkulainen 2002"});
  visitor.integer("delta_coding_after", delta_coding_after, {1, 1'000'000'000},
                  {"generations without a better fitness than ever before, until then",
                   "generations", kNeat2002});
  visitor.integer("champion_above", champion_above, {0, 1'000'000'000},
                  {"a species of more than so many has an exact copy of its champion among its "
                   "offspring, which is evaluated again",
                   "individuals", kNeat2002});
  visitor.choice("champion_rule", champion_rule,
                 {{"offspring", ChampionRule::offspring}, {"members", ChampionRule::members}},
                 {"what champion_above counts: offspring that the species will have, or members",
                  "", "NEAT 1.2; members: Stanley & Miikkulainen 2002"});
  visitor.choice(
      "negative_fitness", negative_fitness,
      {{"clamp", NegativeFitness::clamp}, {"shift", NegativeFitness::shift}},
      {"how fitness below 0 is shared: clamp = as 0.0001, shift = all fitness is counted "
       "from the lowest",
       "", "NEAT 1.2; shift: our choice"});
}

void GenerationsParameters::apply_preset(std::string_view name) {
  *this = GenerationsParameters();
  if (name == "nsc") {
    target_species = 10;
  } else if (name == "jair04") {
    population = 256;
    interspecies = 0.05;
    target_species = 10;
    representative = Representative::random;
    stagnation_factor = 0.0;
    delta_coding = DeltaCoding::species;
    champion_rule = ChampionRule::members;
  }
}

}  // namespace cambrian
