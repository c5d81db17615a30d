// Ragged vectors in the lines of a program that varies them: [[0,0.5],[7,-1]], index and value.

#include "cambrian/core/error.hpp"
#include "cambrian/genome/detail/process_variation.hpp"
#include "cambrian/genome/ragged/ragged_json.hpp"

namespace cambrian {
namespace {

class RaggedProcessVariation final : public ProcessVariation {
 public:
  RaggedProcessVariation(const ProcessVariationParameters& parameters, const RaggedSpace& space)
      : ProcessVariation(parameters, R"({"request":"describe","genome":"ragged","places":)" +
                                         std::to_string(space.places()) + R"(,"max_genes":)" +
                                         std::to_string(space.max_genes()) + "}\n"),
        space_(space) {}
  std::size_t genes(const Population& population, std::size_t row) const override {
    return ragged_of(population, space_.places())[row].size();
  }

 private:
  void append_parent(std::string& request, const Population& parents,
                     std::size_t row) const override {
    append_genes(request, ragged_of(parents, space_.places())[row]);
  }

  void read_child(const JsonValue& json, const Population& /*parents*/, Mating /*mating*/,
                  Population& children, std::size_t row, Stream& /*stream*/) const override {
    RaggedPopulation& to = ragged_of(children, space_.places());
    to[row] = genes_from_json(json);
    try {
      space_.check(to, row);
    } catch (const Error& error) {
      json.fault(error.what());
    }
  }

  const RaggedSpace& space_;
};

}  // namespace

std::unique_ptr<Variation> make_process_of(const ProcessVariationParameters& parameters,
                                           const RaggedSpace& space) {
  return std::make_unique<RaggedProcessVariation>(parameters, space);
}

}  // namespace cambrian
