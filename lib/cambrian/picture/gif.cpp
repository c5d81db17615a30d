#include "cambrian/picture/gif.hpp"

#include <gif_lib.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <unordered_map>
#include <utility>

#include "cambrian/core/error.hpp"

namespace cambrian {
namespace {

constexpr std::size_t kColours = 255;  // and one that means: as before
constexpr GifByteType kAsBefore = 255;

std::uint32_t word(Colour colour) {
  return std::uint32_t{colour.red} << 16U | std::uint32_t{colour.green} << 8U | colour.blue;
}

/// The most frequent colours, of those that look alike (equal in their upper 5 bits) only the most
/// frequent one.
std::vector<Colour> palette_of(const Image& image) {
  std::map<std::uint32_t, std::size_t> counts;
  for (const Colour& colour : image.pixels) ++counts[word(colour)];
  struct Alike {
    std::size_t all = 0, most = 0;
    std::uint32_t colour = 0;
  };
  std::map<std::uint32_t, Alike> groups;
  for (const auto& [colour, count] : counts) {
    Alike& group = groups[colour & 0xf8f8f8U];
    group.all += count;
    if (count > group.most) {
      group.most = count;
      group.colour = colour;
    }
  }
  std::vector<Alike> order;
  order.reserve(groups.size());
  for (const auto& [key, group] : groups) order.push_back(group);
  std::ranges::stable_sort(order, std::ranges::greater(), &Alike::all);
  order.resize(std::min(order.size(), kColours));
  std::vector<Colour> palette;
  palette.reserve(order.size());
  for (const Alike& group : order) {
    palette.push_back({static_cast<std::uint8_t>(group.colour >> 16U),
                       static_cast<std::uint8_t>(group.colour >> 8U),
                       static_cast<std::uint8_t>(group.colour)});
  }
  return palette;
}

int distance2(Colour a, Colour b) {
  const int red = a.red - b.red;
  const int green = a.green - b.green;
  const int blue = a.blue - b.blue;
  return red * red + green * green + blue * blue;
}

}  // namespace

struct GifFilm::Impl {
  std::string bytes;
  GifFileType* file = nullptr;
  std::vector<Colour> palette;
  std::unordered_map<std::uint32_t, GifByteType> nearest;
  Image before;
  std::vector<GifByteType> line;

  ~Impl() {
    int error = 0;
    if (file != nullptr) EGifCloseFile(file, &error);
  }

  [[noreturn]] static void fail(int error) {
    const char* text = GifErrorString(error);
    throw Error(std::string("GIF: ") + (text == nullptr ? "cannot be written" : text));
  }
  void need(int result) const {
    if (result != GIF_OK) fail(file->Error);
  }

  GifByteType index(Colour colour) {
    const auto [entry, is_new] = nearest.try_emplace(word(colour));
    if (is_new) {
      const auto found = std::ranges::min_element(
          palette, {}, [colour](const Colour& other) { return distance2(colour, other); });
      entry->second = static_cast<GifByteType>(found - palette.begin());
    }
    return entry->second;
  }

  void open(const Image& typical) {
    int error = 0;
    file = EGifOpen(
        this,
        [](GifFileType* gif, const GifByteType* data, int size) {
          static_cast<Impl*>(gif->UserData)
              ->bytes.append(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
          return size;
        },
        &error);
    if (file == nullptr) fail(error);
    EGifSetGifVersion(file, true);
    std::array<GifColorType, 256> colours = {};
    for (std::size_t i = 0; i < palette.size(); ++i) {
      colours[i] = {palette[i].red, palette[i].green, palette[i].blue};
    }
    ColorMapObject* map = GifMakeMapObject(256, colours.data());
    if (map == nullptr) throw std::bad_alloc();
    const int result = EGifPutScreenDesc(file, static_cast<int>(typical.width),
                                         static_cast<int>(typical.height), 8, 0, map);
    GifFreeMapObject(map);
    need(result);
    // Netscape's extension, which all viewers follow: repeat for ever.
    constexpr std::array<GifByteType, 3> kForEver = {1, 0, 0};
    need(EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE));
    need(EGifPutExtensionBlock(file, 11, "NETSCAPE2.0"));
    need(EGifPutExtensionBlock(file, 3, kForEver.data()));
    need(EGifPutExtensionTrailer(file));
  }

  struct Box {
    std::uint32_t left, top, right, bottom;
  };
  /// The pixels that changed; one of them if none did, since a frame cannot be empty.
  Box changed(const Image& frame) const {
    if (before.pixels.empty()) return {0, 0, frame.width, frame.height};
    Box box{frame.width, frame.height, 0, 0};
    for (std::uint32_t y = 0; y < frame.height; ++y) {
      for (std::uint32_t x = 0; x < frame.width; ++x) {
        if (frame.at(x, y) == before.at(x, y)) continue;
        box = {std::min(box.left, x), std::min(box.top, y), std::max(box.right, x + 1),
               std::max(box.bottom, y + 1)};
      }
    }
    return box.right == 0 ? Box{0, 0, 1, 1} : box;
  }
};

GifFilm::GifFilm(const Image& typical) : impl_(std::make_unique<Impl>()) {
  impl_->palette = palette_of(typical);
  impl_->open(typical);
}

GifFilm::~GifFilm() = default;

void GifFilm::add(const Image& frame, int hundredths) {
  Impl& film = *impl_;
  assert(film.before.pixels.empty() || film.before.pixels.size() == frame.pixels.size());
  const GraphicsControlBlock control{DISPOSE_DO_NOT, false, hundredths, kAsBefore};
  std::array<GifByteType, 4> extension = {};
  EGifGCBToExtension(&control, extension.data());
  film.need(EGifPutExtension(film.file, GRAPHICS_EXT_FUNC_CODE, 4, extension.data()));
  const Impl::Box box = film.changed(frame);
  const std::uint32_t width = box.right - box.left;
  film.need(EGifPutImageDesc(film.file, static_cast<int>(box.left), static_cast<int>(box.top),
                             static_cast<int>(width), static_cast<int>(box.bottom - box.top), false,
                             nullptr));
  film.line.resize(width);
  for (std::uint32_t y = box.top; y < box.bottom; ++y) {
    for (std::uint32_t x = box.left; x < box.right; ++x) {
      const bool same = !film.before.pixels.empty() && frame.at(x, y) == film.before.at(x, y);
      film.line[x - box.left] = same ? kAsBefore : film.index(frame.at(x, y));
    }
    film.need(EGifPutLine(film.file, film.line.data(), static_cast<int>(width)));
  }
  film.before = frame;
}

std::string GifFilm::finish() {
  int error = 0;
  GifFileType* file = std::exchange(impl_->file, nullptr);
  if (EGifCloseFile(file, &error) != GIF_OK) Impl::fail(error);
  return std::move(impl_->bytes);
}

}  // namespace cambrian
