#include "cambrian/algorithm/algorithm.hpp"
#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

const DescriptorSpace& space_of(const Archive* archive) {
  if (archive == nullptr) throw ConfigError("archive", "is missing");
  return archive->space();
}

}  // namespace

OwnParts::OwnParts(const GenomeSpace& space, const Variation& variation,
                   std::unique_ptr<Archive> archive, std::uint64_t seed)
    : OwnParts(space, variation, space_of(archive.get()), seed) {
  archive_ = std::move(archive);
}

OwnParts::OwnParts(const GenomeSpace& space, const Variation& variation, DescriptorSpace descriptor,
                   std::uint64_t seed)
    : space_(space),
      variation_(variation),
      descriptor_(std::move(descriptor)),
      seed_(seed),
      executor_(make_executor(1)) {}

OwnParts::~OwnParts() = default;

void OwnParts::with_threads(std::size_t threads) { executor_ = make_executor(threads); }

std::unique_ptr<Archive> OwnParts::make_archive(std::string_view fallback) {
  if (archive_) {
    made_archive_ = archive_.get();
    return std::move(archive_);
  }
  throw ConfigError("archive",
                    "is missing: each algorithm that an archive drives needs one of its "
                    "own, such as '" +
                        std::string(fallback) + "'");
}

NamedEmitters OwnParts::make_emitters(std::size_t batch) {
  NamedEmitters made;
  for (const auto& [name, make] : emitters_) {
    const std::string path = "algorithm.emitters." + std::to_string(made.size());
    made.emplace_back(name, make(emitter_context(*this, path, batch)));
  }
  return made;
}

EmitterContext emitter_context(AlgorithmContext& context, std::string path, std::size_t batch) {
  return {.space = &context.space(),
          .variation = &context.variation(),
          .descriptor = &context.descriptor(),
          .archive = context.archive(),
          .executor = &context.executor(),
          .batch = batch,
          .key = [&context, path = std::move(path)](std::string_view purpose) {
            return context.key(path + "." + std::string(purpose));
          }};
}

}  // namespace cambrian
