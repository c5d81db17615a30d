// FNV-1a of 64 bits (Fowler, Noll & Vo): spreads short texts over 64 bits, and detects a damaged
// copy of a file, though not one made by an attacker. Purposes of random streams and inputs of run
// files depend on its bits.
#pragma once

#include <cstdint>
#include <string_view>

namespace cambrian {

constexpr std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t value = 0xcbf29ce484222325ULL;
  for (const char c : bytes) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return value;
}

}  // namespace cambrian
