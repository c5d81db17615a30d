#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/core/error.hpp"

namespace cambrian {

OwnParts::OwnParts(const GenomeSpace& space, const Variation& variation, DescriptorSpace descriptor,
                   std::uint64_t seed)
    : space_(space),
      variation_(variation),
      descriptor_(std::move(descriptor)),
      seed_(seed),
      executor_(make_executor(1)) {}

OwnParts::~OwnParts() = default;

OwnParts& OwnParts::with_archive(std::unique_ptr<Archive> archive) {
  archive_ = std::move(archive);
  return *this;
}

OwnParts& OwnParts::with_emitter(const EmitterComponent& component, const Parameters& parameters) {
  emitter_names_.push_back(component.name);
  emitters_.push_back([make = component.make, &parameters](const EmitterContext& context) {
    return make(parameters, context);
  });
  return *this;
}

OwnParts& OwnParts::with_threads(std::size_t threads) {
  executor_ = make_executor(threads);
  return *this;
}

std::unique_ptr<Archive> OwnParts::make_archive(std::string_view fallback) {
  if (!archive_) {
    throw ConfigError("archive", "is missing: this algorithm is driven by one, such as '" +
                                     std::string(fallback) + "'");
  }
  return std::move(archive_);
}

std::vector<std::pair<std::string, std::unique_ptr<Emitter>>> OwnParts::make_emitters(
    std::size_t batch) {
  std::vector<std::pair<std::string, std::unique_ptr<Emitter>>> made;
  for (std::size_t i = 0; i < emitters_.size(); ++i) {
    const std::string path = "algorithm.emitters." + std::to_string(i);
    made.emplace_back(emitter_names_[i], emitters_[i](emitter_context(*this, path, batch)));
  }
  return made;
}

EmitterContext emitter_context(AlgorithmContext& context, std::string path, std::size_t batch) {
  return {.space = &context.space(),
          .variation = &context.variation(),
          .descriptor = &context.descriptor(),
          .executor = &context.executor(),
          .batch = batch,
          .key = [&context, path = std::move(path)](std::string_view purpose) {
            return context.key(path + "." + std::string(purpose));
          }};
}

}  // namespace cambrian
