// A component in a shared object, which finds the library in the program that loads it.
#include <cmath>

#include "cambrian/catalogue/catalogue.hpp"

using namespace cambrian;

struct WavesParameters final : Parameters {
  std::int64_t length = 4;
  void visit(ParameterVisitor& visitor) override {
    visitor.integer("length", length, {2, 100}, {"numbers in a genome", "", "our choice"});
  }
};

class Waves final : public Environment {
 public:
  Waves(const WavesParameters& parameters, const Inputs&) {
    description_.objectives = {{"height", "", -1.0, ""}};
    description_.measures = {{"x", "", -1, 1, ""}, {"y", "", -1, 1, ""}};
    description_.descriptor = {"x", "y"};
    description_.takes_vectors = true;
    description_.vector_length = static_cast<std::size_t>(parameters.length);
  }
  const EnvironmentDescription& description() const override { return description_; }
  void evaluate(const VectorBlock& vectors, const EvaluationRows& rows) override {
    for (std::size_t i = 0; i < vectors.rows; ++i) {
      rows.objectives[i] = std::cos(vectors.row(i)[0]);
      rows.measures[2 * i] = vectors.row(i)[0];
      rows.measures[2 * i + 1] = vectors.row(i)[1];
      rows.solved[i] = 0;
    }
  }

 private:
  EnvironmentDescription description_;
};

extern "C" void add_components(Catalogue& catalogue) {
  catalogue.environments.push_back(component<Environment, Waves, WavesParameters, const Inputs&>(
      "waves", "waves", "our choice"));
}
