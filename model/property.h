#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace tenure {

/// What is checked; see README. index_range is an error of the spec and not a property of the driver.
enum class Property {
  double_free,
  leak,
  use_after_free,
  free_in_use,
  kernel_warning,
  kernel_crash,
  stale_state,
  devres_left,
  devres_growth,
  redundant_release,
  index_range,
};

inline constexpr std::size_t property_count = 11;

/// The properties of a driver in the order in which they are shown.
inline constexpr std::array<Property, 10> all_properties = {Property::double_free,    Property::leak,
                                                            Property::use_after_free, Property::free_in_use,
                                                            Property::kernel_warning, Property::kernel_crash,
                                                            Property::stale_state,    Property::devres_left,
                                                            Property::devres_growth,  Property::redundant_release};

/// "double-free"
std::string_view name_of(Property property);

/// The property of that name, if there is one.
std::optional<Property> property_named(std::string_view name);

/// Whether a violation is a remark that moves the exit status only with --strict.
constexpr bool is_remark(Property property) {
  return property == Property::redundant_release;
}

}  // namespace tenure
