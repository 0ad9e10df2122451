#include "tests/support/random_body.h"

namespace tenure::testing {

std::string RandomBody::resource() {
  if (names_.families.empty() || random_.percent(60)) {
    if (!names_.resources.empty()) return random_.one_of(names_.resources);
    if (names_.families.empty()) return "none";
  }
  return member(random_.one_of(names_.families));
}

/// One of a family of two. An index out of range is an error of the spec, and such a spec has no verdicts: it is rare.
std::string RandomBody::member(const std::string& family) {
  if (random_.percent(50)) return family + "[" + random_.number(2) + "]";
  return family + "[" + (random_.percent(7) ? expression(0) : "(" + expression(0) + ") & 1") + "]";
}

std::string RandomBody::atom() {
  switch (random_.below(8)) {
    case 0:
      return random_.number(3);
    case 1:
      return "held(" + resource() + ")";
    case 2:
      if (!names_.counters.empty()) return "(" + random_.one_of(names_.counters) + " > " + random_.number(2) + ")";
      break;
    case 3:
      if (!names_.lists.empty()) return "empty(" + random_.one_of(names_.lists) + ")";
      break;
    case 4:
      if (random_.percent(30)) return "in_use(" + resource() + ")";
      break;
    case 5:
      if (!names_.lists.empty() && !names_.plain_functions.empty()) {
        return "has(" + random_.one_of(names_.lists) + ", " + random_.one_of(names_.plain_functions) + ")";
      }
      break;
    case 6:
      if (!names_.roles.empty() && random_.percent(30)) return "defined(driver->" + random_.one_of(names_.roles) + ")";
      break;
    default:
      break;
  }
  if (!names_.arrays.empty() && random_.percent(30)) return member(random_.one_of(names_.arrays));
  return names_.values.empty() ? random_.number(2) : random_.one_of(names_.values);
}

std::string RandomBody::expression(int depth) {
  static const std::vector<std::string> binary = {"&&", "||", "==", "!=", "<", "<=", ">",
                                                  ">=", "+",  "-",  "*",  "&", "|",  "^"};
  if (depth == 0 || random_.percent(35)) return atom();
  if (random_.percent(20))
    return random_.one_of(std::vector<std::string>{"!", "-", "~"}) + "(" + expression(depth - 1) + ")";
  if (random_.percent(8)) return "(" + expression(depth - 1) + " ? " + atom() + " : " + atom() + ")";
  return "(" + expression(depth - 1) + " " + random_.one_of(binary) + " " + expression(depth - 1) + ")";
}

/// A local that gets a value here and may be read from now on.
std::string RandomBody::local() {
  std::string name = "x" + random_.number(3);
  bool is_known = false;
  for (const std::string& value : names_.values) is_known = is_known || value == name;
  if (!is_known) {
    names_.values.push_back(name);
    names_.variables.push_back(name);
  }
  return name;
}

OrderedJson RandomBody::body(std::size_t statements) {
  OrderedJson made = OrderedJson::array();
  for (std::size_t i = 0; i < statements; ++i) made.push_back(statement());
  return made;
}

OrderedJson RandomBody::block(std::size_t most) {
  ++depth_;
  OrderedJson made = body(1 + random_.below(most));
  --depth_;
  return made;
}

OrderedJson RandomBody::statement() {
  const bool may_nest = depth_ < 2;
  switch (random_.below(16)) {
    case 0:
    case 1:
    case 2:
      return call();
    case 3:
      return acquire();
    case 4:
      return release();
    case 5:
      return {{"use", resource()}};
    case 6:
    case 7:
      return set();
    case 8:
      if (may_nest && random_.percent(40)) return {{"if", expression()}, {"then", block(2)}, {"else", block(2)}};
      if (may_nest) return {{"if", expression()}, {"then", block(2)}};
      return set();
    case 9:
      return choose();
    case 10:
      return may_nest ? loop() : set();
    case 11:
      if (!names_.lists.empty() && !names_.functions.empty()) {
        const Callable& callable = random_.one_of(names_.functions);
        OrderedJson made = {{random_.percent(65) ? "defer" : "take_back", callable.name}};
        const OrderedJson with = arguments(callable);
        if (!with.empty()) made["with"] = with;
        add_device(made);
        made["on"] = random_.one_of(names_.lists);
        if (made.contains("take_back") && random_.percent(50)) made["into"] = local();
        return made;
      }
      return set();
    case 12:
      if (!names_.lists.empty() && random_.percent(60)) return group();
      if (names_.may_run) return {{"run", random_.one_of(names_.lists)}};
      return set();
    case 13:
      return {{"warn", random_.percent(70) ? "(" + expression() + ") && " + atom() : expression()}};
    case 14:
      if (random_.percent(15)) return {{"if", atom() + " && " + atom()}, {"then", {{{"crash", "the kernel dies"}}}}};
      return call();
    default:
      if (random_.percent(20))
        return {{"if", expression()}, {"then", {{{"return", random_.percent(50) ? "0" : "-1"}}}}};
      return set();
  }
}

/// Groups of few numbers, so that they meet.
OrderedJson RandomBody::group() {
  const std::string list = random_.one_of(names_.lists);
  const OrderedJson number = random_.percent(20) ? OrderedJson(expression(0)) : OrderedJson(random_.below(2));
  if (random_.percent(45)) return {{"open_group", number}, {"on", list}};
  const OrderedJson known = random_.percent(30) ? OrderedJson(nullptr) : number;
  OrderedJson made;
  if (names_.may_run && random_.percent(40))
    made = {{"run", list}, {"group", known}};
  else
    made = {{random_.percent(60) ? "close_group" : "remove_group", known}, {"on", list}};
  if (random_.percent(40)) made["into"] = local();
  return made;
}

void RandomBody::add_device(OrderedJson& call) {
  if (!names_.devices.empty() && random_.percent(40)) call["device"] = random_.one_of(names_.devices);
}

OrderedJson RandomBody::arguments(const Callable& callable) {
  OrderedJson with = OrderedJson::object();
  for (const auto& [name, kind] : callable.parameters) {
    if (kind == "value") with[name] = "(" + expression(1) + ") & 1";
    if (kind == "resource") with[name] = random_.percent(5) ? "none" : resource();
    if (kind == "function") with[name] = function_value();
  }
  return with;
}

/// A function as an argument, with all that it needs bound to it.
OrderedJson RandomBody::function_value() {
  std::vector<Callable> candidates;
  for (const Callable& callable : names_.functions) {
    bool is_flat = true;
    for (const auto& [name, kind] : callable.parameters) is_flat = is_flat && kind != "function";
    if (is_flat) candidates.push_back(callable);
  }
  if (!names_.function_parameters.empty() && random_.percent(60)) return random_.one_of(names_.function_parameters);
  if (candidates.empty()) return "none";
  const Callable& callable = random_.one_of(candidates);
  if (callable.parameters.empty() && names_.devices.empty()) return callable.name;
  OrderedJson made = {{"call", callable.name}};
  const OrderedJson with = arguments(callable);
  if (!with.empty()) made["with"] = with;
  add_device(made);
  return made;
}

OrderedJson RandomBody::call() {
  if (!names_.function_parameters.empty() && random_.percent(40))
    return {{"call", random_.one_of(names_.function_parameters)}};
  if (names_.functions.empty()) return set();
  const Callable& callable = random_.one_of(names_.functions);
  OrderedJson made = {{"call", callable.name}};
  const OrderedJson with = arguments(callable);
  if (!with.empty()) made["with"] = with;
  add_device(made);
  if (random_.percent(60)) made["into"] = local();
  if (random_.percent(35)) made["on_error"] = random_.percent(70) ? "return -1" : "return";
  return made;
}

OrderedJson RandomBody::acquire() {
  OrderedJson made = {{"acquire", resource()}};
  if (random_.percent(40)) made["needs"] = OrderedJson::array({resource()});
  if (random_.percent(25)) made["owed"] = random_.percent(50) ? OrderedJson(0) : OrderedJson(expression(1));
  return made;
}

OrderedJson RandomBody::release() {
  static const std::vector<std::string> not_held = {"nothing", "complains", "warns", "corrupts"};
  OrderedJson made = {{"release", resource()}, {"not_held", random_.one_of(not_held)}};
  if (random_.percent(25)) made["dependents"] = random_.percent(70) ? "lost" : "kept";
  return made;
}

OrderedJson RandomBody::set() {
  if (!names_.counters.empty() && random_.percent(25)) {
    const std::string& counter = random_.one_of(names_.counters);
    return {{"set", counter}, {"to", counter + (random_.percent(50) ? " + 1" : " - 1")}};
  }
  const std::string value = random_.percent(60) ? "(" + expression(1) + ") & 3" : expression(0);
  if (!names_.set_arrays.empty() && random_.percent(30))
    return {{"set", member(random_.one_of(names_.set_arrays))}, {"to", value}};
  return {{"set", names_.variables.empty() ? local() : random_.one_of(names_.variables)}, {"to", value}};
}

OrderedJson RandomBody::choose() {
  if (random_.percent(20)) {
    const std::string low = random_.number(2);
    return {{"choose", "amount"}, {"into", local()}, {"between", {low, random_.percent(70) ? "2" : expression(0)}}};
  }
  OrderedJson from = OrderedJson::array();
  const std::size_t alternatives = 2 + random_.below(2);
  for (std::size_t i = 0; i < alternatives; ++i) {
    OrderedJson alternative = {{"says", "outcome " + std::to_string(i)}};
    if (i > 0 && random_.percent(30)) alternative["when"] = expression(1);
    if (depth_ < 2 && random_.percent(70)) alternative["do"] = block(2);
    from.push_back(alternative);
  }
  return {{"choose", "chance"}, {"from", from}};
}

/// A loop of at most three rounds, with a variable that nothing else sets.
OrderedJson RandomBody::loop() {
  const std::string name = "i" + std::to_string(loops_++);
  const std::vector<std::string> outside = names_.values;
  names_.values.push_back(name);
  OrderedJson made;
  if (random_.percent(60)) {
    made = {{"loop", name},
            {"from", 0},
            {"while", name + " < " + std::to_string(2 + random_.below(2))},
            {"next", name + " + 1"}};
  } else {
    made = {{"loop", name}, {"from", random_.number(3)}, {"while", name + " >= 0"}, {"next", name + " - 1"}};
  }
  made["do"] = block(2);
  return made;
}

}  // namespace tenure::testing
