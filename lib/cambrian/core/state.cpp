#include "cambrian/core/state.hpp"

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

class TreeWriter final : public StateWriter {
 public:
  explicit TreeWriter(StateTree::Node& node) : node_(node) {}
  void attribute(std::string_view name, const Attribute& value) override {
    node_.attributes.insert_or_assign(std::string(name), value);
  }
  std::unique_ptr<StateWriter> group(std::string_view name) override {
    return std::make_unique<TreeWriter>(node_.groups[std::string(name)]);
  }

 protected:
  void write(std::string_view name, const ColumnView& values, std::size_t width, bool flat,
             const ColumnDoc&) override {
    ColumnData data = std::visit(
        [](auto span) -> ColumnData {
          return std::vector<typename decltype(span)::value_type>(span.begin(), span.end());
        },
        values);
    node_.columns.insert_or_assign(std::string(name),
                                   StateTree::Entry{std::move(data), width, flat});
  }

 private:
  StateTree::Node& node_;
};

class TreeReader final : public StateReader {
 public:
  TreeReader(const StateTree::Node& node, std::string path) : node_(node), path_(std::move(path)) {}

  std::size_t width(std::string_view name) const override {
    return find(node_.columns, name).width;
  }
  bool has(std::string_view name) const override {
    return node_.columns.contains(name) || node_.groups.contains(name);
  }
  bool has_attribute(std::string_view name) const override {
    return node_.attributes.contains(name);
  }
  Attribute attribute(std::string_view name) const override { return find(node_.attributes, name); }
  std::unique_ptr<StateReader> group(std::string_view name) const override {
    return std::make_unique<TreeReader>(find(node_.groups, name), path_ + std::string(name) + "/");
  }
  std::vector<std::string> columns() const override { return names(node_.columns); }
  std::vector<std::string> groups() const override { return names(node_.groups); }

 protected:
  ColumnData read(std::string_view name) const override { return find(node_.columns, name).data; }
  [[noreturn]] void wrong_type(std::string_view name) const override {
    throw Error(path_ + std::string(name) + ": does not have the expected type");
  }

 private:
  template <class Map>
  const typename Map::mapped_type& find(const Map& map, std::string_view name) const {
    if (const auto found = map.find(name); found != map.end()) return found->second;
    throw Error(path_ + std::string(name) + ": is missing");
  }
  template <class Map>
  static std::vector<std::string> names(const Map& map) {
    std::vector<std::string> result;
    result.reserve(map.size());
    for (const auto& [name, value] : map) result.push_back(name);
    return result;
  }

  const StateTree::Node& node_;
  std::string path_;
};

}  // namespace

std::unique_ptr<StateWriter> StateTree::writer() { return std::make_unique<TreeWriter>(root_); }
std::unique_ptr<StateReader> StateTree::reader() const {
  return std::make_unique<TreeReader>(root_, "/");
}

}  // namespace cambrian
