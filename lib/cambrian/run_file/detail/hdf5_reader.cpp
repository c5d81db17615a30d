#include "cambrian/run_file/detail/hdf5_reader.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "cambrian/core/error.hpp"

namespace cambrian::hdf5 {
namespace {

/// gzip cannot shrink data more than about 1032 times.
constexpr std::uint64_t kMostCompression = 1100;

/// The most bytes that the dataset can hold by what is stored of it; 0 where it lies in other
/// files.
std::uint64_t most_bytes(hid_t data, std::uint64_t file_bytes) {
  const Handle properties(H5Dget_create_plist(data));
  const H5D_layout_t layout = H5Pget_layout(properties.get());
  if (layout != H5D_CONTIGUOUS && layout != H5D_COMPACT && layout != H5D_CHUNKED) return 0;
  if (layout == H5D_CONTIGUOUS && H5Pget_external_count(properties.get()) != 0) return 0;
  const std::uint64_t stored = std::min<std::uint64_t>(H5Dget_storage_size(data), file_bytes);
  const bool filtered = layout == H5D_CHUNKED && H5Pget_nfilters(properties.get()) > 0;
  return filtered ? stored * kMostCompression : stored;
}

herr_t collect(hid_t, const char* name, const H5L_info_t* info, void* names) {
  if (info->type == H5L_TYPE_HARD)
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

constexpr RowRange kAll = {0, std::numeric_limits<std::size_t>::max()};

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

/// @param file_bytes  the file's size, which no attribute can exceed
/// @return nothing if it is damaged or of a type that a run file does not use
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

}  // namespace

void Reader::fail(std::string_view name, const std::string& what) const {
  throw FileError(input_.path, path_ + std::string(name) + " " + what);
}

void Reader::wrong_type(std::string_view name) const {
  fail(name, "does not have the expected type");
}

Handle Reader::open(const std::string& name) const {
  H5L_info_t info = {};
  if (name.empty() || name.find('/') != std::string::npos ||
      H5Lget_info(group_.get(), name.c_str(), &info, H5P_DEFAULT) < 0 || info.type != H5L_TYPE_HARD)
    return {};
  return Handle(H5Oopen(group_.get(), name.c_str(), H5P_DEFAULT));
}

bool Reader::has(std::string_view name) const {
  const Quiet quiet;
  const Handle object = open(std::string(name));
  return object && H5Iget_type(object.get()) != H5I_DATATYPE;
}

bool Reader::has_attribute(std::string_view name) const {
  const Quiet quiet;
  return H5Aexists(group_.get(), std::string(name).c_str()) > 0;
}

Attribute Reader::attribute(std::string_view name) const {
  const Quiet quiet;
  if (!has_attribute(name)) fail("", "has no attribute '" + std::string(name) + "'");
  auto value = read_attribute(group_.get(), std::string(name), input_.bytes);
  if (!value) fail("", "has a damaged or foreign attribute '" + std::string(name) + "'");
  return std::move(*value);
}

std::unique_ptr<Reader> Reader::child(std::string_view name) const {
  const Quiet quiet;
  Handle object = open(std::string(name));
  if (!object) fail(name, "is missing");
  if (H5Iget_type(object.get()) != H5I_GROUP) fail(name, "is not a group");
  auto reader =
      std::make_unique<Reader>(input_, std::move(object), path_ + std::string(name) + "/");
  const std::string offset = std::string(name) + "_offset";
  reader->narrow(rows_ && has(offset) ? between(offset) : rows_);
  return reader;
}

std::vector<std::string> Reader::children(H5I_type_t kind) const {
  const Quiet quiet;
  std::vector<std::string> names;
  hsize_t at = 0;
  if (H5Literate(group_.get(), H5_INDEX_NAME, H5_ITER_NATIVE, &at, collect, &names) < 0)
    fail("", "is damaged: " + cause());
  std::erase_if(names, [&](const std::string& name) {
    const Handle object = open(name);
    if (!object) fail(name, "is damaged: " + cause());
    return H5Iget_type(object.get()) != kind;
  });
  std::sort(names.begin(), names.end());
  return names;
}

Handle Reader::open_column(std::string_view name) const {
  Handle object = open(std::string(name));
  if (!object) fail(name, "is missing");
  if (H5Iget_type(object.get()) != H5I_DATASET) fail(name, "is not a column");
  return object;
}

ColumnInfo Reader::info(const Handle& data, std::string_view name) const {
  const Handle space(H5Dget_space(data.get()));
  const int rank = H5Sget_simple_extent_ndims(space.get());
  if (rank != 1 && rank != 2) fail(name, "is not a column of one or two dimensions");
  std::array<hsize_t, 2> extent = {0, 1};
  H5Sget_simple_extent_dims(space.get(), extent.data(), nullptr);
  return {std::string(name), extent[0], extent[1], rank == 1};
}

ColumnInfo Reader::info(std::string_view name) const {
  const Quiet quiet;
  return info(open_column(name), name);
}

std::size_t Reader::width(std::string_view name) const { return info(name).width; }

const seal::Extent* Reader::extent_of(const Handle& data) const {
  const std::uint64_t offset = H5Dget_offset(data.get());
  const auto found =
      std::lower_bound(input_.extents.begin(), input_.extents.end(), offset,
                       [](const seal::Extent& a, std::uint64_t value) { return a.offset < value; });
  return found != input_.extents.end() && found->offset == offset ? &*found : nullptr;
}

template <class T>
ColumnData Reader::read_as(const Handle& data, const ColumnInfo& column, RowRange range) const {
  const bool whole = range.size() == column.rows;
  const std::array<hsize_t, 2> begin = {range.begin, 0};
  const std::array<hsize_t, 2> extent = {range.size(), column.width};
  std::vector<T> values(range.size() * column.width);
  const int rank = column.flat ? 1 : 2;
  const Handle memory(H5Screate_simple(rank, extent.data(), nullptr));
  const Handle space(H5Dget_space(data.get()));
  if (!values.empty() && (H5Sselect_hyperslab(space.get(), H5S_SELECT_SET, begin.data(), nullptr,
                                              extent.data(), nullptr) < 0 ||
                          H5Dread(data.get(), native_type<T>(), memory.get(), space.get(),
                                  H5P_DEFAULT, values.data()) < 0))
    fail(column.name, "cannot be read: " + cause());
  const seal::Extent* const sealed = extent_of(data);
  if (sealed == nullptr) return values;
  const bool fits = sealed->bytes == column.rows * column.width * sizeof(T);
  const auto hash = whole ? std::optional(seal::hash(std::as_bytes(std::span(values))))
                          : seal::hash_of(input_.descriptor.get(), sealed->offset, sealed->bytes);
  if (!fits || hash != sealed->hash) fail(column.name, "is damaged: its checksum does not fit");
  return values;
}

std::vector<std::uint64_t> Reader::offsets(std::string_view name) const {
  ColumnData data = read(name, {rows_->begin, rows_->end + 1});
  auto* values = std::get_if<std::vector<std::uint64_t>>(&data);
  if (values == nullptr) wrong_type(name);
  if (!std::ranges::is_sorted(*values))
    throw Error("genome: column '" + std::string(name) + "' does not increase");
  return std::move(*values);
}

RowRange Reader::between(std::string_view offset) const {
  const std::vector<std::uint64_t> bounds = offsets(offset);
  return {bounds.front(), bounds.back()};
}

ColumnData Reader::read(std::string_view name) const {
  if (!rows_) return read(name, kAll);
  if (name == "offset" || name.ends_with("_offset")) {
    std::vector<std::uint64_t> values = offsets(name);
    const std::uint64_t first = values.front();
    for (std::uint64_t& value : values) value -= first;
    return values;
  }
  return read(name, name == "gene" && has("offset") ? between("offset") : *rows_);
}

ColumnData Reader::read(std::string_view name, RowRange range) const {
  const Quiet quiet;
  const Handle data = open_column(name);
  const ColumnInfo column = info(data, name);
  const Handle type(H5Dget_type(data.get()));
  const std::size_t item = H5Tget_size(type.get());
  std::size_t size = 0;
  std::uint64_t bytes = 0;
  if (item == 0 || __builtin_mul_overflow(column.rows, column.width, &size) ||
      __builtin_mul_overflow(size, item, &bytes) || bytes > most_bytes(data.get(), input_.bytes))
    fail(name, "is larger than what the file holds of it");
  if (range.end == kAll.end) range.end = column.rows;
  if (range.begin > range.end || range.end > column.rows) fail(name, "is shorter than its table");
  const H5T_class_t kind = H5Tget_class(type.get());
  if (kind == H5T_FLOAT && item == 4) return read_as<float>(data, column, range);
  if (kind == H5T_FLOAT && item == 8) return read_as<double>(data, column, range);
  if (kind == H5T_INTEGER) {
    const bool is_signed = H5Tget_sign(type.get()) == H5T_SGN_2;
    if (!is_signed && item == 1) return read_as<std::uint8_t>(data, column, range);
    if (!is_signed && item == 4) return read_as<std::uint32_t>(data, column, range);
    if (!is_signed && item == 8) return read_as<std::uint64_t>(data, column, range);
    if (is_signed && item == 4) return read_as<std::int32_t>(data, column, range);
    if (is_signed && item == 8) return read_as<std::int64_t>(data, column, range);
  }
  fail(name, "is of a type that a run file does not use");
}

}  // namespace cambrian::hdf5
