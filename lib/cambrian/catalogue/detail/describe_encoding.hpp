// How an encoding's genes become a network and how that computes, in words. Private to the room.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "cambrian/catalogue/catalogue.hpp"

namespace cambrian {

/// Begins with an empty line; empty where there is nothing to say.
std::string network_text(const Catalogue& catalogue, const std::string& encoding);
nlohmann::ordered_json network_json(const Catalogue& catalogue, const std::string& encoding);

}  // namespace cambrian
