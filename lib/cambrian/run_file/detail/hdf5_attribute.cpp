#include "cambrian/run_file/detail/hdf5_attribute.hpp"

#include <algorithm>

namespace cambrian::hdf5 {
namespace {

template <class T>
std::optional<Attribute> read_numbers(const Handle& attribute, std::size_t size, bool scalar) {
  std::vector<T> values(size);
  if (size > 0 && H5Aread(attribute.get(), native_type<T>(), values.data()) < 0)
    return std::nullopt;
  if (scalar) return Attribute(values.front());
  if constexpr (std::is_same_v<T, std::uint64_t>)
    return Attribute(std::vector<std::int64_t>(values.begin(), values.end()));
  else
    return Attribute(std::move(values));
}

std::optional<std::vector<std::string>> read_variable_texts(const Handle& attribute,
                                                            const Handle& space, hid_t file_type,
                                                            std::size_t size) {
  Handle type = text_type();
  H5Tset_cset(type.get(), H5Tget_cset(file_type));
  std::vector<char*> texts(size, nullptr);
  if (size > 0 && H5Aread(attribute.get(), type.get(), static_cast<void*>(texts.data())) < 0)
    return std::nullopt;
  std::vector<std::string> result;
  result.reserve(size);
  for (const char* text : texts) result.emplace_back(text == nullptr ? "" : text);
  if (size > 0)
    H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, static_cast<void*>(texts.data()));
  return result;
}

std::optional<std::vector<std::string>> read_fixed_texts(const Handle& attribute, hid_t type,
                                                         std::size_t size) {
  const std::size_t length = H5Tget_size(type);
  std::vector<char> bytes(size * length);
  if (size > 0 && H5Aread(attribute.get(), type, bytes.data()) < 0) return std::nullopt;
  std::vector<std::string> result;
  for (std::size_t i = 0; i < size; ++i) {
    std::string text(bytes.data() + i * length, length);
    text.resize(std::min(text.find('\0'), length));
    result.push_back(std::move(text));
  }
  return result;
}

}  // namespace

std::optional<Attribute> read_attribute(hid_t object, const std::string& name,
                                        std::uint64_t file_bytes) {
  const Handle attribute(H5Aopen(object, name.c_str(), H5P_DEFAULT));
  if (!attribute) return std::nullopt;
  const Handle type(H5Aget_type(attribute.get()));
  const Handle space(H5Aget_space(attribute.get()));
  if (!type || !space) return std::nullopt;
  const H5S_class_t extent = H5Sget_simple_extent_type(space.get());
  const hssize_t points = H5Sget_simple_extent_npoints(space.get());
  const std::size_t width = H5Tget_size(type.get());
  if ((extent != H5S_SCALAR && extent != H5S_SIMPLE) || points < 0 || width == 0 ||
      static_cast<std::uint64_t>(points) > file_bytes / width)
    return std::nullopt;
  const auto size = static_cast<std::size_t>(points);
  const bool scalar = extent == H5S_SCALAR;
  switch (H5Tget_class(type.get())) {
    case H5T_INTEGER:
      return H5Tget_sign(type.get()) == H5T_SGN_NONE
                 ? read_numbers<std::uint64_t>(attribute, size, scalar)
                 : read_numbers<std::int64_t>(attribute, size, scalar);
    case H5T_FLOAT:
      return read_numbers<double>(attribute, size, scalar);
    case H5T_STRING: {
      auto texts = H5Tis_variable_str(type.get()) > 0
                       ? read_variable_texts(attribute, space, type.get(), size)
                       : read_fixed_texts(attribute, type.get(), size);
      if (!texts) return std::nullopt;
      if (scalar) return Attribute(std::move(texts->front()));
      return Attribute(std::move(*texts));
    }
    default:
      return std::nullopt;
  }
}

}  // namespace cambrian::hdf5
