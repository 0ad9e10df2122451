#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/random_source.h"

namespace tenure::testing {

using OrderedJson = nlohmann::ordered_json;

/// A function that may be called: its parameters with their kinds.
struct Callable {
  std::string name;
  std::vector<std::pair<std::string, std::string>> parameters;
};

/// What statements may name.
struct Names {
  std::vector<std::string> values;      ///< may be read
  std::vector<std::string> counters;    ///< may be compared, and stepped
  std::vector<std::string> variables;   ///< may be set
  std::vector<std::string> resources;   ///< one instance each, "part[0]"
  std::vector<std::string> families;    ///< of two instances: "part"
  std::vector<std::string> arrays;      ///< families of two variables that may be read
  std::vector<std::string> set_arrays;  ///< and those that may be set
  std::vector<std::string> lists;
  std::vector<Callable> functions;           ///< that may be called
  std::vector<std::string> plain_functions;  ///< without parameters; a list may be asked for them
  std::vector<std::string> roles;            ///< that may be asked for
  std::vector<std::string> function_parameters;
  std::vector<std::string> devices;  ///< that a function may be called for
  bool may_run = false;              ///< lists
};

/// Makes statements that have nothing to say, but are of every kind.
class RandomBody {
 public:
  RandomBody(RandomSource& random, Names names) : random_(random), names_(std::move(names)) {}

  OrderedJson body(std::size_t statements);
  OrderedJson statement();
  std::string expression(int depth = 2);
  std::string resource();
  const Names& names() const { return names_; }

 private:
  std::string atom();
  std::string member(const std::string& family);
  std::string local();
  OrderedJson call();
  OrderedJson group();
  void add_device(OrderedJson& call);
  OrderedJson arguments(const Callable& callable);
  OrderedJson function_value();
  OrderedJson acquire();
  OrderedJson release();
  OrderedJson set();
  OrderedJson choose();
  OrderedJson loop();
  OrderedJson block(std::size_t most);

  RandomSource& random_;
  Names names_;
  int depth_ = 0;
  int loops_ = 0;
};

}  // namespace tenure::testing
