// Shares in percent, as a person reads them.
#pragma once

#include <string>

namespace cambrian {

/// "32.1 %". Only a full share is "100.0 %", and only none at all is "0.0 %": what would round to
/// them is "> 99.9 %" and "< 0.1 %".
/// @param fraction  0 to 1  @param digits  behind the point
std::string percentage(double fraction, int digits);

}  // namespace cambrian
