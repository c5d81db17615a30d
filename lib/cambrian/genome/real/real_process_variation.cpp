// Real vectors in the lines of a program that varies them: [0.5,-1,2].

#include <cmath>

#include "cambrian/genome/detail/process_variation.hpp"

namespace cambrian {
namespace {

class RealProcessVariation final : public ProcessVariation {
 public:
  RealProcessVariation(const ProcessVariationParameters& parameters, const RealSpace& space)
      : ProcessVariation(parameters, {}), space_(space) {}

 private:
  void append_parent(std::string& request, const Population& parents,
                     std::size_t row) const override {
    append_numbers(request, vectors_of(parents, space_.length()).row(row));
  }

  void read_child(const JsonValue& json, const Population& /*parents*/, Mating /*mating*/,
                  Population& children, std::size_t row, Stream& stream) const override {
    const std::span<float> child = vectors_of(children, space_.length()).row(row);
    const nlohmann::json& list = json.raw();
    bool fits = list.is_array() && list.size() == child.size();
    for (std::size_t g = 0; fits && g < child.size(); ++g) {
      fits = list[g].is_number();
      if (fits) child[g] = list[g].get<float>();
      fits = fits && std::isfinite(child[g]);
    }
    if (!fits) json.fault("is not " + std::to_string(child.size()) + " finite numbers");
    space_.keep_within(child, stream);
  }

  const RealSpace& space_;
};

}  // namespace

std::unique_ptr<Variation> make_process_of(const ProcessVariationParameters& parameters,
                                           const RealSpace& space) {
  return std::make_unique<RealProcessVariation>(parameters, space);
}

}  // namespace cambrian
