// Saved state: every stateful component writes itself into, and reads itself from, a tree of named
// columns. The tree is abstract: run_file/ puts it into HDF5, StateTree below keeps it in memory.
// Writing lends: the spans are read before the call returns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cambrian {

/// A read-only column of one of the types that a run file holds.
using ColumnView =
    std::variant<std::span<const std::uint8_t>, std::span<const std::uint32_t>,
                 std::span<const std::uint64_t>, std::span<const std::int32_t>,
                 std::span<const std::int64_t>, std::span<const float>, std::span<const double>>;
/// An owned column.
using ColumnData = std::variant<std::vector<std::uint8_t>, std::vector<std::uint32_t>,
                                std::vector<std::uint64_t>, std::vector<std::int32_t>,
                                std::vector<std::int64_t>, std::vector<float>, std::vector<double>>;
/// What may stand beside columns: attributes of a group.
using Attribute =
    std::variant<std::int64_t, std::uint64_t, double, std::string, std::vector<std::int64_t>,
                 std::vector<double>, std::vector<std::string>>;

/// What a reader of the file is told of a column.
struct ColumnDoc {
  std::string_view description = {};
  std::string_view unit = {};
};

class StateWriter {
 public:
  virtual ~StateWriter() = default;
  /// Writes `name`, of shape [size] if width is 1 and flat is true, else [size / width, width]
  /// row-major.
  /// @param name   without '/', unique in its group
  template <class T>
  void column(std::string_view name, std::span<const T> values, const ColumnDoc& doc = {}) {
    write(name, ColumnView(values), 1, true, doc);
  }
  template <class T>
  void matrix(std::string_view name, std::span<const T> values, std::size_t width,
              const ColumnDoc& doc = {}) {
    write(name, ColumnView(values), width, false, doc);
  }
  virtual void attribute(std::string_view name, const Attribute& value) = 0;
  /// A child group, which lives no longer than this writer.
  virtual std::unique_ptr<StateWriter> group(std::string_view name) = 0;

 protected:
  virtual void write(std::string_view name, const ColumnView& values, std::size_t width, bool flat,
                     const ColumnDoc& doc) = 0;
};

/// Reads what a StateWriter wrote. A missing or mistyped entry throws Error naming its full path.
class StateReader {
 public:
  virtual ~StateReader() = default;
  template <class T>
  std::vector<T> column(std::string_view name) const {
    return typed<std::vector<T>>(read(name), name);
  }
  /// Number of columns of a matrix; 1 for a flat column.
  virtual std::size_t width(std::string_view name) const = 0;
  virtual bool has(std::string_view name) const = 0;
  virtual bool has_attribute(std::string_view name) const = 0;
  virtual Attribute attribute(std::string_view name) const = 0;
  template <class T>
  T attribute_as(std::string_view name) const {
    return typed<T>(attribute(name), name);
  }
  /// None where there is no such attribute, or it is of another type.
  template <class T>
  std::optional<T> attribute_if(std::string_view name) const {
    if (!has_attribute(name)) return {};
    const Attribute value = attribute(name);
    const auto* typed = std::get_if<T>(&value);
    return typed == nullptr ? std::nullopt : std::optional(*typed);
  }
  virtual std::unique_ptr<StateReader> group(std::string_view name) const = 0;
  /// Names of columns, and of groups, in this group, sorted.
  virtual std::vector<std::string> columns() const = 0;
  virtual std::vector<std::string> groups() const = 0;

 protected:
  virtual ColumnData read(std::string_view name) const = 0;
  [[noreturn]] virtual void wrong_type(std::string_view name) const = 0;

 private:
  template <class T, class Held>
  T typed(Held held, std::string_view name) const {
    if (auto* value = std::get_if<T>(&held)) return std::move(*value);
    wrong_type(name);
    __builtin_unreachable();  // g++ does not see [[noreturn]] through a virtual call
  }
};

/// A tree in memory: snapshots and tests.
class StateTree {
 public:
  std::unique_ptr<StateWriter> writer();
  std::unique_ptr<StateReader> reader() const;

  struct Entry {
    ColumnData data;
    std::size_t width = 1;
    bool flat = true;
    friend bool operator==(const Entry&, const Entry&) = default;
  };
  struct Node {
    std::map<std::string, Entry, std::less<>> columns;
    std::map<std::string, Attribute, std::less<>> attributes;
    std::map<std::string, Node, std::less<>> groups;
    friend bool operator==(const Node&, const Node&) = default;
  };
  const Node& root() const { return root_; }
  friend bool operator==(const StateTree&, const StateTree&) = default;

 private:
  Node root_;
};

}  // namespace cambrian
