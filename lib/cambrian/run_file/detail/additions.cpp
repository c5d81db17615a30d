#include "cambrian/run_file/detail/additions.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "cambrian/run_file/detail/hdf5_handle.hpp"

namespace cambrian::hdf5 {
namespace {

/// Deeper groups than these are damage.
constexpr int kDeepest = 100;

/// What tells an object of a file from all others.
std::string address_of(hid_t object) {
#if H5_VERSION_GE(1, 12, 0)
  H5O_info2_t info = {};
  H5Oget_info3(object, &info, H5O_INFO_BASIC);
  return {reinterpret_cast<const char*>(&info.token), sizeof info.token};
#else
  H5O_info_t info = {};
  H5Oget_info2(object, &info, H5O_INFO_BASIC);
  return std::to_string(info.addr);
#endif
}

struct Link {
  std::string name;
  H5L_type_t type = H5L_TYPE_ERROR;
};

herr_t add_link(hid_t, const char* name, const H5L_info_t* info, void* links) {
  static_cast<std::vector<Link>*>(links)->push_back({name, info->type});
  return 0;
}

std::vector<Link> links_of(hid_t group) {
  std::vector<Link> links;
  hsize_t at = 0;
  H5Literate(group, H5_INDEX_NAME, H5_ITER_NATIVE, &at, add_link, &links);
  return links;
}

herr_t add_name(hid_t, const char* name, const H5A_info_t*, void* names) {
  static_cast<std::vector<std::string>*>(names)->emplace_back(name);
  return 0;
}

Handle open(hid_t group, const std::string& name) {
  return Handle(H5Oopen(group, name.c_str(), H5P_DEFAULT));
}

/// Byte for byte, in the types of the file. @return why not; empty: it is done
std::string copy_attribute(hid_t from, hid_t to, const std::string& name) {
  const Handle source(H5Aopen(from, name.c_str(), H5P_DEFAULT));
  if (!source) return cause();
  const Handle stored(H5Aget_type(source.get()));
  const Handle type(H5Tcopy(stored.get()));
  const Handle space(H5Aget_space(source.get()));
  if (!type || !space) return cause();
  if (H5Tdetect_class(type.get(), H5T_REFERENCE) > 0) return "references are not kept";
  const Handle copy(
      H5Acreate2(to, name.c_str(), type.get(), space.get(), H5P_DEFAULT, H5P_DEFAULT));
  if (!copy) return cause();
  std::vector<unsigned char> value(H5Aget_storage_size(source.get()));
  const auto points = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space.get()));
  value.resize(std::max(value.size(), points * H5Tget_size(type.get())));
  if (points == 0) return {};
  const bool copied = H5Aread(source.get(), type.get(), value.data()) >= 0 &&
                      H5Awrite(copy.get(), type.get(), value.data()) >= 0;
  std::string why = copied ? "" : cause();
  const bool has_parts = H5Tdetect_class(type.get(), H5T_VLEN) > 0 ||
                         H5Tis_variable_str(type.get()) > 0 ||
                         H5Tdetect_class(type.get(), H5T_STRING) > 0;
  if (has_parts) H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, value.data());
  return why;
}

/// A group's own list cannot be used for another one: where there are many links it names the place
/// at which that file has them.
Handle group_properties(hid_t group) {
  const Handle stored(H5Gget_create_plist(group));
  Handle properties = creation_properties(H5P_GROUP_CREATE);
  unsigned order = 0;
  if (H5Pget_link_creation_order(stored.get(), &order) >= 0)
    H5Pset_link_creation_order(properties.get(), order);
  if (H5Pget_attr_creation_order(stored.get(), &order) >= 0)
    H5Pset_attr_creation_order(properties.get(), order);
  return properties;
}

class Additions {
 public:
  Additions(hid_t from, hid_t to) : to_(to) {
    find(from, to, "/", 0);
    for (const auto& [group, link] : found_) copy(open(from, group).get(), group, link, 0);
  }

  std::vector<std::string> lost;

 private:
  void lose(const std::string& path, const std::string& why) { lost.push_back(path + ": " + why); }

  /// Both are the program's: goes through what is in both, and finds what is in one.
  void find(hid_t from, hid_t to, const std::string& path, int depth) {
    copy_attributes(from, to, path);
    places_.emplace(address_of(from), path);
    if (H5Iget_type(from) != H5I_GROUP || depth > kDeepest) return;
    for (const Link& link : links_of(from)) {
      const std::string child = path + link.name;
      if (child == "/checkpoint" || link.name == "state") continue;
      if (H5Lexists(to, link.name.c_str(), H5P_DEFAULT) <= 0) {
        found_.emplace_back(path, link);
      } else if (link.type == H5L_TYPE_HARD) {
        const Handle old = open(from, link.name);
        const Handle now = open(to, link.name);
        const bool same = H5Iget_type(old.get()) == H5Iget_type(now.get());
        const bool group = H5Iget_type(old.get()) == H5I_GROUP;
        if (same) find(old.get(), now.get(), group ? child + "/" : child, depth + 1);
      }
    }
  }

  void copy_attributes(hid_t from, hid_t to, const std::string& path) {
    std::vector<std::string> names;
    hsize_t at = 0;
    H5Aiterate2(from, H5_INDEX_NAME, H5_ITER_NATIVE, &at, add_name, &names);
    for (const std::string& name : names) {
      if (H5Aexists(to, name.c_str()) != 0) continue;
      const std::string why = copy_attribute(from, to, name);
      if (why.empty()) continue;
      H5Adelete(to, name.c_str());  // made, perhaps, and not filled
      lose("attribute '" + name + "' of " + path, why);
    }
  }

  /// A link in the group `from`, which is at `path` in both files.
  void copy(hid_t from, const std::string& path, const Link& link, int depth) {
    const std::string place = path + link.name;
    if (depth > kDeepest) return lose(place, "is nested too deeply");
    if (link.type != H5L_TYPE_HARD) return copy_reference(from, place, link);
    const Handle object = open(from, link.name);
    if (!object) return lose(place, cause());
    const auto known = places_.find(address_of(object.get()));
    if (known != places_.end()) {  // another name of what is there
      if (H5Lcreate_hard(to_, known->second.c_str(), to_, place.c_str(), H5P_DEFAULT, H5P_DEFAULT) <
          0)
        lose(place, cause());
      return;
    }
    places_.emplace(address_of(object.get()), place);
    if (H5Iget_type(object.get()) == H5I_GROUP)
      copy_group(object.get(), place, depth);
    else
      copy_leaf(from, link.name, object.get(), place);
  }

  void copy_group(hid_t from, const std::string& place, int depth) {
    const Handle properties = group_properties(from);
    const Handle group(H5Gcreate2(to_, place.c_str(), H5P_DEFAULT, properties.get(), H5P_DEFAULT));
    if (!group) return lose(place, cause());
    copy_attributes(from, group.get(), place);
    for (const Link& link : links_of(from)) copy(from, place + "/", link, depth + 1);
  }

  /// A dataset or a type. HDF5 1.10.8 may crash when it copies attributes, so it is not asked to.
  void copy_leaf(hid_t from, const std::string& name, hid_t object, const std::string& place) {
    if (H5Iget_type(object) == H5I_DATASET) {
      const Handle type(H5Dget_type(object));
      if (H5Tdetect_class(type.get(), H5T_REFERENCE) > 0)
        return lose(place, "references are not kept");
    }
    const Handle properties(H5Pcreate(H5P_OBJECT_COPY));
    H5Pset_copy_object(properties.get(), H5O_COPY_WITHOUT_ATTR_FLAG);
    if (H5Ocopy(from, name.c_str(), to_, place.c_str(), properties.get(), H5P_DEFAULT) < 0)
      return lose(place, cause());
    copy_attributes(object, open(to_, place).get(), place);
  }

  /// A link by name, to here or to another file.
  void copy_reference(hid_t from, const std::string& place, const Link& link) {
    H5L_info_t info = {};
    if (H5Lget_info(from, link.name.c_str(), &info, H5P_DEFAULT) < 0) return lose(place, cause());
    std::vector<char> value(info.u.val_size + 1);
    if (H5Lget_val(from, link.name.c_str(), value.data(), info.u.val_size, H5P_DEFAULT) < 0)
      return lose(place, cause());
    const char* file = nullptr;
    const char* object = nullptr;
    herr_t done = -1;
    if (link.type == H5L_TYPE_SOFT)
      done = H5Lcreate_soft(value.data(), to_, place.c_str(), H5P_DEFAULT, H5P_DEFAULT);
    else if (link.type == H5L_TYPE_EXTERNAL &&
             H5Lunpack_elink_val(value.data(), info.u.val_size, nullptr, &file, &object) >= 0)
      done = H5Lcreate_external(file, object, to_, place.c_str(), H5P_DEFAULT, H5P_DEFAULT);
    if (done < 0) lose(place, "a link of this kind is not kept");
  }

  hid_t to_;
  std::map<std::string, std::string> places_;        ///< of the old file's objects, in the new file
  std::vector<std::pair<std::string, Link>> found_;  ///< the user's, by the group they are in
};

}  // namespace

std::vector<std::string> copy_additions(hid_t from, hid_t to) {
  return std::move(Additions(from, to).lost);
}

}  // namespace cambrian::hdf5
