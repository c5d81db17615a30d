#include "cambrian/run_file/detail/hdf5_writer.hpp"

#include <array>
#include <cassert>
#include <cstring>

#include "cambrian/core/error.hpp"

namespace cambrian::hdf5 {
namespace {

/// Writes an attribute anew. @return false: HDF5's error stack says why
bool put(hid_t object, const std::string& name, hid_t type, const Handle& space, const void* data) {
  if (H5Aexists(object, name.c_str()) > 0 && H5Adelete(object, name.c_str()) < 0) return false;
  const Handle attribute(
      H5Acreate2(object, name.c_str(), type, space.get(), H5P_DEFAULT, H5P_DEFAULT));
  if (!attribute) return false;
  return H5Sget_simple_extent_npoints(space.get()) == 0 ||
         H5Awrite(attribute.get(), type, data) >= 0;
}

Handle array_space(std::size_t size) {
  const hsize_t extent = size;
  return Handle(H5Screate_simple(1, &extent, nullptr));
}

bool put_text(hid_t object, const std::string& name, const std::string& value) {
  const char* text = value.c_str();
  const Handle type = text_type();
  return put(object, name, type.get(), Handle(H5Screate(H5S_SCALAR)),
             static_cast<const void*>(&text));
}

struct PutAttribute {
  hid_t object;
  const std::string& name;

  template <class T>
  bool operator()(const T& value) const {
    return put(object, name, native_type<T>(), Handle(H5Screate(H5S_SCALAR)), &value);
  }
  template <class T>
  bool operator()(const std::vector<T>& values) const {
    return put(object, name, native_type<T>(), array_space(values.size()), values.data());
  }
  bool operator()(const std::string& value) const { return put_text(object, name, value); }
  bool operator()(const std::vector<std::string>& values) const {
    std::vector<const char*> texts;
    texts.reserve(values.size());
    for (const std::string& value : values) texts.push_back(value.c_str());
    const Handle type = text_type();
    return put(object, name, type.get(), array_space(values.size()),
               static_cast<const void*>(texts.data()));
  }
};

}  // namespace

void Writer::check(bool done, std::string_view name) const {
  if (done && output_.sink.error == 0) return;
  const std::string why = output_.sink.error != 0 ? std::strerror(output_.sink.error) : cause();
  throw FileError(output_.path, "cannot write " + path_ + std::string(name) + ": " + why);
}

void Writer::attribute(std::string_view name, const Attribute& value) {
  const Quiet quiet;
  const std::string key(name);
  check(std::visit(PutAttribute{group_.get(), key}, value), name);
}

std::unique_ptr<StateWriter> Writer::group(std::string_view name) {
  assert(name.find('/') == std::string_view::npos);
  const Quiet quiet;
  const std::string key(name);
  Handle child;
  if (H5Lexists(group_.get(), key.c_str(), H5P_DEFAULT) > 0) {
    child = Handle(H5Gopen2(group_.get(), key.c_str(), H5P_DEFAULT));
  } else {
    const Handle properties = creation_properties(H5P_GROUP_CREATE);
    child =
        Handle(H5Gcreate2(group_.get(), key.c_str(), H5P_DEFAULT, properties.get(), H5P_DEFAULT));
  }
  check(static_cast<bool>(child), name);
  return std::make_unique<Writer>(output_, std::move(child), path_ + key + "/");
}

void Writer::write(std::string_view name, const ColumnView& values, std::size_t width, bool flat,
                   const ColumnDoc& doc) {
  assert(name.find('/') == std::string_view::npos);
  const Quiet quiet;
  const std::string key(name);
  std::visit(
      [&](auto span) {
        using T = typename decltype(span)::value_type;
        assert(width == 0 ? span.empty() : span.size() % width == 0);
        const std::array<hsize_t, 2> extent = {
            flat || width == 0 ? span.size() : span.size() / width, width};
        const Handle space(H5Screate_simple(flat ? 1 : 2, extent.data(), nullptr));
        const Handle properties = creation_properties(H5P_DATASET_CREATE);
        H5Pset_fill_time(properties.get(), H5D_FILL_TIME_NEVER);
        const Handle data(H5Dcreate2(group_.get(), key.c_str(), native_type<T>(), space.get(),
                                     H5P_DEFAULT, properties.get(), H5P_DEFAULT));
        check(static_cast<bool>(data), name);
        check(span.empty() || H5Dwrite(data.get(), native_type<T>(), H5S_ALL, H5S_ALL, H5P_DEFAULT,
                                       span.data()) >= 0,
              name);
        if (span.size_bytes() >= seal::kLargeColumn)
          output_.extents.push_back(
              {H5Dget_offset(data.get()), span.size_bytes(), seal::hash(std::as_bytes(span))});
        const auto note = [&](const char* attribute, std::string_view text) {
          check(text.empty() || put_text(data.get(), attribute, std::string(text)), name);
        };
        note("description", doc.description);
        note("unit", doc.unit);
      },
      values);
}

}  // namespace cambrian::hdf5
