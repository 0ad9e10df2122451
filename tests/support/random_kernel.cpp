#include "tests/support/random_kernel.h"

namespace tenure::testing {

OrderedJson object(std::initializer_list<std::pair<std::string, OrderedJson>> members) {
  OrderedJson made = OrderedJson::object();
  for (const auto& [key, value] : members) made[key] = value;
  return made;
}

OrderedJson list(std::initializer_list<OrderedJson> elements) {
  OrderedJson made = OrderedJson::array();
  for (const OrderedJson& element : elements) made.push_back(element);
  return made;
}

void declare_variables(RandomSource& random, OrderedJson& variables, const std::string& prefix,
                       const std::vector<std::string>& lifetimes, Names& names) {
  const std::size_t count = random.below(4);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name = prefix + "_" + std::to_string(i);
    const std::string lifetime = random.one_of(lifetimes);
    const bool is_integer = random.percent(35);
    OrderedJson declared = object({{"type", is_integer ? "int" : "bool"}, {"lifetime", lifetime}});
    if (lifetime == "fixed") {
      if (is_integer) declared["values"] = list({1, 3});
    } else {
      if (random.percent(30)) declared["initial"] = is_integer ? OrderedJson(random.below(3)) : OrderedJson(true);
      if (lifetime == "device" && random.percent(35)) declared["restored"] = true;
    }
    const bool is_family = random.percent(20);
    if (is_family) declared["count"] = 2;
    (is_family ? names.arrays : names.values).push_back(name);
    if (lifetime != "fixed") (is_family ? names.set_arrays : names.variables).push_back(name);
    variables[name] = declared;
  }
}

namespace {

OrderedJson kernel_function(const OrderedJson& parameters, const OrderedJson& body) {
  OrderedJson made = object({{"source", "random.c"}});
  if (!parameters.empty()) made["params"] = parameters;
  made["body"] = body;
  return made;
}

class KernelGenerator {
 public:
  explicit KernelGenerator(RandomSource& random) : random_(random) {}
  RandomKernel run();

 private:
  void declare();
  void declare_resources();
  void add_own_rule();
  void add_resource_functions(const RandomResource& resource);
  void add_random_functions();
  void add_group_functions();
  void add_random_function(const std::string& name);
  void add_life_cycle();
  OrderedJson bind();

  RandomSource& random_;
  bool has_own_rule_ = false;
  RandomKernel made_;
  OrderedJson& kernel_ = made_.document;
  Names& names_ = made_.names;
  std::vector<RandomResource>& resources_ = made_.resources;
};

RandomKernel KernelGenerator::run() {
  declare();
  declare_resources();
  for (const RandomResource& resource : resources_) add_resource_functions(resource);
  add_random_functions();
  add_life_cycle();
  return std::move(made_);
}

void KernelGenerator::declare() {
  kernel_ = object({{"kernel", "random"},
                    {"constants", object({{"ONE", 1}})},
                    {"variables", object({{"bound", object({{"type", "bool"}, {"lifetime", "device"}})}})}});
  names_.values = {"ONE", "bound"};
  declare_variables(random_, kernel_["variables"], "k", {"device", "device", "fixed"}, names_);
  if (random_.percent(30)) {
    kernel_["variables"]["count"] =
        object({{"type", "counter"}, {"lifetime", "device"}, {"restored", random_.percent(60)}});
    names_.counters.emplace_back("count");
  }
}

void KernelGenerator::declare_resources() {
  kernel_["resources"] = OrderedJson::object();
  const std::size_t resources = 1 + random_.below(3);
  for (std::size_t i = 0; i < resources; ++i) {
    RandomResource resource{std::string(1, static_cast<char>('a' + i)), 0, false};
    if (random_.percent(30)) resource.count = 2;
    if (i > 0 && random_.percent(30)) resource.is_per = true;
    OrderedJson declared = OrderedJson::object();
    if (resource.count > 0) declared["count"] = resource.count;
    if (resource.is_per) declared["per"] = "data";
    kernel_["resources"][resource.name] = declared;
    resources_.push_back(resource);
    if (resource.is_per) continue;
    if (resource.count > 0) names_.families.push_back(resource.name);
    if (resource.count == 0) names_.resources.push_back(resource.name);
  }
  kernel_["lists"] = object({{"later", OrderedJson::object()}});
  names_.lists = {"later"};
  if (random_.percent(15)) {
    kernel_["lists"]["other"] = OrderedJson::object();
    names_.lists.emplace_back("other");
    if (random_.percent(70)) add_own_rule();
  }
  kernel_["functions"] = OrderedJson::object();
}

/// The list `other` has to be empty when nobody refers to the device; a reference may outlive the driver.
void KernelGenerator::add_own_rule() {
  kernel_["variables"]["referred"] = object({{"type", "bool"}, {"lifetime", "device"}});
  kernel_["lists"]["other"]["empty_when"] = random_.percent(70) ? "!referred && !bound" : "!referred";
  names_.values.emplace_back("referred");
  has_own_rule_ = true;
}

/// The instance that a function of the resource is about.
std::string instance_of(const RandomResource& resource) {
  return resource.name + (resource.is_per ? "(data)" : "") + (resource.count > 0 ? "[i]" : "");
}

/// get_X may fail, put_X releases, managed_get_X lets the list release.
void KernelGenerator::add_resource_functions(const RandomResource& resource) {
  OrderedJson parameters = OrderedJson::object();
  OrderedJson with = OrderedJson::object();
  if (resource.count > 0) parameters["i"] = "value";
  if (resource.is_per) parameters["data"] = "resource";
  for (const auto& [name, kind] : parameters.items()) with[name] = name;
  const std::string instance = instance_of(resource);
  static const std::vector<std::string> not_held = {"nothing", "complains", "warns", "corrupts"};

  OrderedJson acquire = object({{"acquire", instance}});
  if (resource.is_per) {
    acquire["needs"] = list({"data"});
  } else if (resource.name != "a" && !resources_[0].is_per && resources_[0].count == 0 && random_.percent(60)) {
    acquire["needs"] = list({"a"});
  }
  OrderedJson release = object({{"release", instance}, {"not_held", random_.one_of(not_held)}});
  if (random_.percent(15)) release["dependents"] = "lost";
  const OrderedJson luck = object(
      {{"choose", "luck"},
       {"from",
        list({object({{"says", "good"}}), object({{"says", "bad"}, {"do", list({object({{"return", -1}})})}})})}});
  OrderedJson get = OrderedJson::array();
  if (random_.percent(75)) get.push_back(luck);
  get.push_back(acquire);
  OrderedJson put = list({release});
  if (!names_.counters.empty() && random_.percent(60)) {
    get.push_back(object({{"set", "count"}, {"to", "count + 1"}}));
    put.push_back(object({{"set", "count"}, {"to", "count - 1"}}));
  }
  get.push_back(object({{"return", 0}}));

  const auto calls = [&](const std::string& what) {
    OrderedJson call = object({{"call", what + resource.name}});
    if (!with.empty()) call["with"] = with;
    return call;
  };
  OrderedJson managed = calls("get_");
  managed["into"] = "ret";
  managed["on_error"] = "return ret";
  OrderedJson defer = object({{"defer", "put_" + resource.name}});
  if (!with.empty()) defer["with"] = with;
  defer["on"] = "later";
  kernel_["functions"]["get_" + resource.name] = kernel_function(parameters, get);
  kernel_["functions"]["put_" + resource.name] = kernel_function(parameters, put);
  kernel_["functions"]["managed_get_" + resource.name] =
      kernel_function(parameters, list({managed, defer, object({{"return", 0}})}));
  for (const char* what : {"get_", "put_", "managed_get_"}) {
    Callable callable{what + resource.name, {}};
    for (const auto& [name, kind] : parameters.items()) callable.parameters.emplace_back(name, kind.get<std::string>());
    if (callable.parameters.empty()) names_.plain_functions.push_back(callable.name);
    names_.functions.push_back(callable);
  }
}

/// Functions with which a driver runs what it has deferred since it opened a group; it may not run a list itself.
void KernelGenerator::add_group_functions() {
  const OrderedJson number = object({{"n", "value"}});
  const auto add = [&](const char* name, const OrderedJson& statement) {
    kernel_["functions"][name] = kernel_function(number, list({statement}));
    names_.functions.push_back({name, {{"n", "value"}}});
  };
  add("open_group_of", object({{"open_group", "n"}, {"on", "later"}}));
  add("close_group_of", object({{"close_group", "n"}, {"on", "later"}}));
  kernel_["functions"]["run_group_of"] =
      kernel_function(number, list({object({{"run", "later"}, {"group", "n"}, {"into", "found"}}),
                                    object({{"warn", "!found && !empty(later)"}})}));
  made_.names_of_drivers.push_back({"run_group_of", {{"n", "value"}}});
}

void KernelGenerator::add_random_functions() {
  kernel_["functions"]["do_later"] =
      kernel_function(object({{"action", "function"}}), list({object({{"defer", "action"}, {"on", "later"}})}));
  kernel_["functions"]["undo_later"] = kernel_function(
      object({{"action", "function"}}),
      list({object({{"take_back", "action"}, {"on", "later"}, {"into", "found"}}), object({{"return", "found"}})}));
  names_.functions.push_back({"do_later", {{"action", "function"}}});
  names_.functions.push_back({"undo_later", {{"action", "function"}}});
  if (random_.percent(30)) add_group_functions();
  const std::size_t functions = random_.below(4);
  for (std::size_t i = 0; i < functions; ++i) {
    Callable callable{"f" + std::to_string(i), {}};
    Names names = names_;
    if (random_.percent(40)) {
      callable.parameters.emplace_back("n", "value");
      names.values.emplace_back("n");
    }
    if (random_.percent(35)) {
      callable.parameters.emplace_back("r", "resource");
      names.resources.emplace_back("r");
    }
    if (random_.percent(25)) {
      callable.parameters.emplace_back("g", "function");
      names.function_parameters.emplace_back("g");
    }
    RandomBody body(random_, names);
    OrderedJson statements = body.body(1 + random_.below(3));
    if (random_.percent(70))
      statements.push_back(
          object({{"return", random_.percent(50) ? OrderedJson(0) : OrderedJson("-(" + body.expression(1) + ")")}}));
    OrderedJson parameters = OrderedJson::object();
    for (const auto& [name, kind] : callable.parameters) parameters[name] = kind;
    kernel_["functions"][callable.name] = kernel_function(parameters, statements);
    if (callable.parameters.empty()) names_.plain_functions.push_back(callable.name);
    names_.functions.push_back(callable);
  }
}

OrderedJson KernelGenerator::bind() {
  const OrderedJson run_later = object({{"run", "later"}});
  OrderedJson do_bind = list(
      {object({{"call", "driver->probe"}, {"into", "ret"}}), object({{"if", "ret < 0"}, {"then", list({run_later})}})});
  if (random_.percent(20)) {
    do_bind.push_back(
        object({{"if", "ret >= 0"},
                {"then",
                 list({object({{"choose", "after probe"},
                               {"from", list({object({{"says", "bound"}}),
                                              object({{"says", "fails"},
                                                      {"do", list({object({{"call", "driver->remove"}}), run_later,
                                                                   object({{"set", "ret"}, {"to", -1}})})}})})}})})}}));
  }
  do_bind.push_back(object({{"set", "bound"}, {"to", "ret >= 0"}}));
  OrderedJson bind = OrderedJson::object();
  bind["when"] = random_.percent(90) ? "!bound && empty(later)" : "!bound";
  bind["remembers"] = true;
  bind["do"] = do_bind;
  return bind;
}

void KernelGenerator::add_life_cycle() {
  made_.has_suspend = random_.percent(25);
  const bool has_shutdown = random_.percent(20);
  kernel_["roles"] =
      object({{"probe", object({{"required", true}, {"returns", true}})}, {"remove", OrderedJson::object()}});
  if (made_.has_suspend) kernel_["roles"]["suspend"] = object({{"returns", true}});
  if (has_shutdown) kernel_["variables"]["dead"] = object({{"type", "bool"}, {"lifetime", "device"}});
  kernel_["quiescent"] = "!bound";
  kernel_["while_bound"] = "bound";
  if (has_shutdown) kernel_["final"] = "dead";

  const OrderedJson run_later = object({{"run", "later"}});
  OrderedJson unbind =
      object({{"when", "bound"},
              {"do", list({object({{"call", "driver->remove"}}), run_later, object({{"set", "bound"}, {"to", 0}})})}});
  kernel_["events"] = object({{"bind", bind()}, {"unbind", unbind}});
  if (made_.has_suspend) {
    kernel_["events"]["suspend"] =
        object({{"when", "bound && defined(driver->suspend)"}, {"do", list({object({{"call", "driver->suspend"}})})}});
  }
  if (has_shutdown) {
    kernel_["events"]["shutdown"] = object({{"when", "bound"}, {"do", list({object({{"set", "dead"}, {"to", 1}})})}});
  }
  if (has_own_rule_) {
    const OrderedJson forget = list({object({{"set", "referred"}, {"to", 0}}), object({{"run", "other"}})});
    kernel_["events"]["refer"] =
        object({{"when", "bound && !referred"}, {"do", list({object({{"set", "referred"}, {"to", 1}})})}});
    kernel_["events"]["forget"] = object({{"when", "referred"}, {"do", forget}});
  }
  if (random_.percent(15)) {
    RandomBody body(random_, names_);
    kernel_["events"]["poke"] = object({{"when", body.expression()}, {"do", body.body(1)}});
  }
}

}  // namespace

RandomKernel random_kernel(RandomSource& random) {
  return KernelGenerator(random).run();
}

}  // namespace tenure::testing
