#include "model/property.h"

namespace tenure {

namespace {

constexpr std::array<std::string_view, property_count> names = {
    "double-free", "leak",        "use-after-free", "free-in-use",       "kernel-warning", "kernel-crash",
    "stale-state", "devres-left", "devres-growth",  "redundant-release", "index-range"};

}  // namespace

std::string_view name_of(Property property) {
  return names[static_cast<std::size_t>(property)];
}

std::optional<Property> property_named(std::string_view name) {
  for (const Property property : all_properties) {
    if (name_of(property) == name) return property;
  }
  return std::nullopt;
}

}  // namespace tenure
