#include "cambrian/run_file/detail/hdf5_handle.hpp"

#include "cambrian/run_file/run_file.hpp"

namespace cambrian::hdf5 {
namespace {

herr_t keep_first(unsigned, const H5E_error2_t* error, void* data) {
  auto& text = *static_cast<std::string*>(data);
  if (text.empty() && error->desc != nullptr) text = error->desc;
  return 0;
}

}  // namespace

std::string cause() {
  std::string text;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &text);
  const std::string mark = "error message = '";
  if (const auto at = text.find(mark); at != std::string::npos) {
    const auto begin = at + mark.size();
    text = text.substr(begin, text.find('\'', begin) - begin);
  }
  for (char& c : text)
    if (c == '\n' || c == '\r') c = ' ';
  return text.empty() ? "unknown HDF5 error" : text;
}

Handle creation_properties(hid_t kind) {
  constexpr unsigned kMany = 64;
  Handle properties(H5Pcreate(kind));
  H5Pset_obj_track_times(properties.get(), false);
  H5Pset_attr_phase_change(properties.get(), kMany, 0);
  return properties;
}

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1));
  H5Tset_size(type.get(), H5T_VARIABLE);
  H5Tset_cset(type.get(), H5T_CSET_UTF8);
  return type;
}

}  // namespace cambrian::hdf5

namespace cambrian {

void silence_hdf5() { H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr); }

std::string hdf5_version() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned release = 0;
  H5get_libversion(&major, &minor, &release);
  return "HDF5 " + std::to_string(major) + "." + std::to_string(minor) + "." +
         std::to_string(release);
}

}  // namespace cambrian
