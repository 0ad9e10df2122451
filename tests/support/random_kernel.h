#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/random_body.h"
#include "tests/support/random_source.h"

namespace tenure::testing {

/// A resource of a random kernel; there are functions get_NAME, put_NAME and managed_get_NAME.
struct RandomResource {
  std::string name;
  int count = 0;  ///< 0: not a family
  bool is_per = false;
};

/// A random kernel model, and what a driver has to know about it.
struct RandomKernel {
  OrderedJson document;
  Names names;
  std::vector<Callable> names_of_drivers;  ///< functions that run a list: no kernel function may defer or call them
  std::vector<RandomResource> resources;
  bool has_suspend = false;
};

RandomKernel random_kernel(RandomSource& random);

/// A driver whose own names begin with `prefix`: careful, careful with a mistake, or careless.
OrderedJson random_driver(RandomSource& random, const RandomKernel& kernel, const std::string& prefix);

/// Declares up to three variables of some of these lifetimes and adds them to `names`.
void declare_variables(RandomSource& random, OrderedJson& variables, const std::string& prefix,
                       const std::vector<std::string>& lifetimes, Names& names);

/// A JSON object, never mistaken for an array.
OrderedJson object(std::initializer_list<std::pair<std::string, OrderedJson>> members);
/// A JSON array, never mistaken for an object.
OrderedJson list(std::initializer_list<OrderedJson> elements);

}  // namespace tenure::testing
