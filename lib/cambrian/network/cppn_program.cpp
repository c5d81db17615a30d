#include "cambrian/network/cppn_program.hpp"

#include <algorithm>
#include <cassert>

#include "cambrian/network/detail/packets.hpp"

namespace cambrian {
namespace {

using packets::kWidth;
using packets::Packet;

constexpr std::uint32_t kDead = 0xffffffffU;
constexpr std::uint32_t kLive = 0xfffffffeU;
constexpr std::size_t kStride = 4 * kWidth;  // points that a weighted sum keeps in registers
static_assert(CppnProgram::kPoints % kStride == 0);

template <Activation F>
void compute_row(float* rows, float* row, float bias, std::span<const CppnLink> links,
                 std::size_t points) {
  namespace simd = packets::simd;
  for (std::size_t p = 0; p < points; p += kStride) {
    Packet a = packets::all(bias);
    Packet b = a;
    Packet c = a;
    Packet d = a;
    for (const CppnLink& link : links) {
      const float* source = rows + link.source + p;
      const Packet weight = packets::all(link.weight);
      a = simd::pmadd(weight, packets::load(source), a);
      b = simd::pmadd(weight, packets::load(source + kWidth), b);
      c = simd::pmadd(weight, packets::load(source + 2 * kWidth), c);
      d = simd::pmadd(weight, packets::load(source + 3 * kWidth), d);
    }
    packets::store(row + p, packets::activate<F>(a));
    packets::store(row + p + kWidth, packets::activate<F>(b));
    packets::store(row + p + 2 * kWidth, packets::activate<F>(c));
    packets::store(row + p + 3 * kWidth, packets::activate<F>(d));
  }
}

}  // namespace

void CppnProgram::compile(std::size_t inputs, std::span<const CppnNode> nodes,
                          std::span<const CppnLink> links, std::span<const std::uint32_t> outputs) {
  inputs_ = inputs;
  row_of_.assign(inputs + nodes.size(), kDead);
  for (std::size_t i = 0; i < inputs; ++i) row_of_[i] = static_cast<std::uint32_t>(i);
  for (const std::uint32_t output : outputs) {
    if (output >= inputs) row_of_[output] = kLive;
  }
  std::size_t end = links.size();
  for (std::size_t i = nodes.size(); i-- > 0; end -= nodes[i].links) {
    if (row_of_[inputs + i] == kDead) continue;
    for (const CppnLink& link : links.subspan(end - nodes[i].links, nodes[i].links)) {
      assert(link.source < inputs + i);
      if (link.source >= inputs) row_of_[link.source] = kLive;
    }
  }
  assert(end == 0);

  instructions_.clear();
  links_.clear();
  std::size_t first = 0;
  for (std::size_t i = 0; i < nodes.size(); first += nodes[i++].links) {
    if (row_of_[inputs + i] == kDead) continue;
    row_of_[inputs + i] = static_cast<std::uint32_t>(inputs + instructions_.size());
    instructions_.push_back({nodes[i].function, nodes[i].bias,
                             static_cast<std::uint32_t>(links_.size()), nodes[i].links});
    for (const CppnLink& link : links.subspan(first, nodes[i].links)) {
      links_.push_back({row_of_[link.source] * static_cast<std::uint32_t>(kPoints), link.weight});
    }
  }
  outputs_.clear();
  for (const std::uint32_t output : outputs) outputs_.push_back(row_of_[output]);
  rows_.resize((inputs + instructions_.size()) * kPoints);
}

CppnListing CppnProgram::listing() const {
  CppnListing listing;
  for (const Instruction& one : instructions_) {
    listing.nodes.push_back({one.function, one.bias, one.links});
  }
  for (const CppnLink& link : links_) {
    listing.links.push_back({link.source / static_cast<std::uint32_t>(kPoints), link.weight});
  }
  listing.outputs = outputs_;
  return listing;
}

void CppnProgram::evaluate(std::span<const float* const> coordinates, std::size_t points,
                           std::span<float* const> results) {
  assert(coordinates.size() == inputs_ && results.size() == outputs_.size());
  for (std::size_t begin = 0; begin < points; begin += kPoints) {
    const std::size_t count = std::min(kPoints, points - begin);
    for (std::size_t i = 0; i < inputs_; ++i) {
      std::copy_n(coordinates[i] + begin, count, &rows_[i * kPoints]);
    }
    run(count);
    for (std::size_t o = 0; o < outputs_.size(); ++o) {
      std::copy_n(&rows_[outputs_[o] * kPoints], count, results[o] + begin);
    }
  }
}

void CppnProgram::run(std::size_t points) {
  const std::size_t padded = (points + kStride - 1) / kStride * kStride;
  float* row = rows_.data() + inputs_ * kPoints;
  for (const Instruction& instruction : instructions_) {
    const std::span<const CppnLink> links(links_.data() + instruction.first_link,
                                          instruction.links);
    packets::with_function(instruction.function, [&]<Activation F>() {
      compute_row<F>(rows_.data(), row, instruction.bias, links, padded);
    });
    row += kPoints;
  }
}

}  // namespace cambrian
