#include "tests/support/random_kernel.h"

namespace tenure::testing {

namespace {

void append(OrderedJson& to, const OrderedJson& statements) {
  for (const OrderedJson& statement : statements) to.push_back(statement);
}

/// The bodies of a careful driver as they grow.
struct Careful {
  OrderedJson probe = OrderedJson::array(), unwinding = OrderedJson::array(), remove = OrderedJson::array();
  std::string label;  ///< where the next failure goes

  /// `in_probe` and `in_remove` come before what has been said to undo so far.
  void undo(const std::string& at, const OrderedJson& in_probe, const OrderedJson& in_remove) {
    OrderedJson unwound = list({object({{"label", at}}), in_probe});
    append(unwound, unwinding);
    unwinding = unwound;
    OrderedJson removed = list({in_remove});
    append(removed, remove);
    remove = removed;
    label = at;
  }

  /// Appends the error path to probe, without the labels that nothing goes to.
  void finish() {
    const std::string text = probe.dump();
    OrderedJson used = OrderedJson::array();
    for (const OrderedJson& statement : unwinding) {
      const bool is_label = statement.contains("label");
      if (!is_label || text.find("goto " + statement["label"].get<std::string>()) != std::string::npos)
        used.push_back(statement);
    }
    append(probe, used);
    if (!used.empty()) probe.push_back(object({{"return", -1}}));
  }
};

class DriverGenerator {
 public:
  DriverGenerator(RandomSource& random, const RandomKernel& kernel, const std::string& prefix)
      : random_(random), kernel_(kernel), prefix_(prefix) {}
  OrderedJson run();

 private:
  void declare_data(OrderedJson& made, Names& own);
  void add_second_device(OrderedJson& made, const Names& own, const Names& all);
  OrderedJson careful(const Names& names);
  void take(const RandomResource& resource, bool is_managed, Careful& made);
  OrderedJson careless(Names names);
  OrderedJson careless_function(const Names& names, std::size_t most, bool returns);
  void make_a_mistake(OrderedJson& functions);
  OrderedJson noise(const Names& names);

  RandomSource& random_;
  const RandomKernel& kernel_;
  std::string prefix_, data_;  ///< the driver's own resource, or one of a family of two
};

void DriverGenerator::declare_data(OrderedJson& made, Names& own) {
  const std::string name = prefix_ + "_data";
  const bool is_family = random_.percent(30);
  made["resources"] = object({{name, is_family ? object({{"count", 2}}) : OrderedJson::object()}});
  std::vector<std::string> all = {name};
  if (is_family) all = {name + "[0]", name + "[1]"};
  if (is_family) own.families.push_back(name);
  data_ = random_.one_of(all);
  own.resources.push_back(data_);
  for (const RandomResource& resource : kernel_.resources) {
    if (!resource.is_per) continue;
    for (const std::string& each : all)
      (resource.count > 0 ? own.families : own.resources).push_back(resource.name + "(" + each + ")");
  }
}

/// Statements that a careful driver may have anywhere.
OrderedJson DriverGenerator::noise(const Names& names) {
  RandomBody body(random_, names);
  if (names.variables.empty() || random_.percent(40))
    return object({{"if", body.expression()}, {"then", list({object({{"warn", 0}})})}});
  return object({{"set", random_.one_of(names.variables)}, {"to", "(" + body.expression(1) + ") & 3"}});
}

OrderedJson DriverGenerator::run() {
  OrderedJson made = object({{"driver", prefix_}, {"variables", OrderedJson::object()}});
  Names own = kernel_.names;
  const auto& more = kernel_.names_of_drivers;
  own.functions.insert(own.functions.end(), more.begin(), more.end());
  own.variables.clear();  // a careful driver leaves the kernel's variables alone
  own.set_arrays.clear();
  declare_variables(random_, made["variables"], prefix_, {"driver", "driver", "module", "fixed"}, own);
  declare_data(made, own);
  Names all = own;
  all.variables.insert(all.variables.end(), kernel_.names.variables.begin(), kernel_.names.variables.end());
  all.set_arrays.insert(all.set_arrays.end(), kernel_.names.set_arrays.begin(), kernel_.names.set_arrays.end());
  if (all.variables.empty()) {
    made["variables"]["spare"] = object({{"type", "bool"}, {"lifetime", "driver"}});
    all.variables.emplace_back("spare");
  }

  const bool has_second_device = random_.percent(25);
  if (has_second_device) own.devices = all.devices = {"main", prefix_ + "2"};
  const bool is_careful = random_.percent(60);
  const OrderedJson functions = is_careful ? careful(own) : careless(all);
  made["functions"] = functions;
  made["callbacks"] = OrderedJson::object();
  for (const char* role : {"probe", "remove", "suspend"}) {
    if (functions.contains(role)) made["callbacks"][role] = role;
  }
  if (random_.percent(20)) {
    RandomBody body(random_, all);
    OrderedJson event = object({{"says", "an ioctl"}});
    if (random_.percent(50)) event["when"] = body.expression(1);
    event["do"] = is_careful ? list({noise(own)}) : body.body(1 + random_.below(2));
    made["events"] = object({{prefix_ + "_ioctl", event}});
  }
  if (is_careful && random_.percent(55)) make_a_mistake(made["functions"]);
  if (has_second_device) add_second_device(made, own, all);
  return made;
}

/// Some are bound by the driver as well, some only used.
void DriverGenerator::add_second_device(OrderedJson& made, const Names& own, const Names& all) {
  const std::string name = prefix_ + "2";
  OrderedJson device = OrderedJson::object();
  if (random_.percent(75)) {
    const OrderedJson functions = random_.percent(50) ? careful(own) : careless(all);
    for (const auto& [function, body] : functions.items()) {
      const bool is_callback = body.contains("params") ? false : function.find('_') == std::string::npos;
      if (!is_callback) made["functions"][function] = body;
      if (!is_callback) continue;
      made["functions"][function + "_2"] = body;
      device["callbacks"][function] = function + "_2";
    }
  }
  made["devices"] = object({{name, device}});
  for (auto& [variable, declared] : made["variables"].items())
    if (declared["lifetime"] == "driver" && random_.percent(40)) declared["device"] = name;
}

/// Takes one resource, and says how to give it back: in remove, and when a later step of probe fails.
void DriverGenerator::take(const RandomResource& resource, bool is_managed, Careful& made) {
  const bool loops = resource.count > 0 && !is_managed && random_.percent(60);
  const std::string index = "i_" + resource.name;
  const std::string label = "err_" + resource.name;
  OrderedJson with = OrderedJson::object();
  if (resource.count > 0) with["i"] = loops ? index : "0";
  if (resource.is_per) with["data"] = data_;
  const auto calls = [&](const std::string& function) {
    OrderedJson call = object({{"call", function + resource.name}});
    if (!with.empty()) call["with"] = with;
    return call;
  };
  OrderedJson get = calls(is_managed ? "managed_get_" : "get_");
  get["into"] = "ret";
  get["on_error"] = loops ? "goto " + label : made.label.empty() ? "return ret" : "goto " + made.label;
  if (!loops) {
    made.probe.push_back(get);
    if (!is_managed) made.undo(label, calls("put_"), calls("put_"));
    return;
  }
  const auto loop = [&](const std::string& from, const std::string& condition, const std::string& next,
                        const OrderedJson& what) {
    return object(
        {{"loop", index}, {"from", from}, {"while", index + condition}, {"next", index + next}, {"do", list({what})}});
  };
  const std::string count = std::to_string(resource.count);
  made.probe.push_back(loop("0", " < " + count, " + 1", get));
  made.undo(label, loop(index + " - 1", " >= 0", " - 1", calls("put_")),
            loop(count + " - 1", " >= 0", " - 1", calls("put_")));
}

/// Takes resources one after the other, undoes them in reverse order when one fails, and in remove.
OrderedJson DriverGenerator::careful(const Names& names) {
  Careful made;
  if (random_.percent(70)) {
    const OrderedJson release = object({{"release", data_}, {"not_held", "corrupts"}});
    made.probe.push_back(object({{"acquire", data_}}));
    made.undo("err_data", release, release);
  }
  const bool prefers_managed = random_.percent(40);
  const bool has_group = !kernel_.names_of_drivers.empty() && random_.percent(50);
  const auto of_group = [](const char* function) { return object({{"call", function}, {"with", object({{"n", 1}})}}); };
  if (has_group) {
    made.probe.push_back(of_group("open_group_of"));
    made.undo("err_group", of_group("run_group_of"), of_group("run_group_of"));
  }
  for (const RandomResource& resource : kernel_.resources) {
    if (resource.name != "a" && random_.percent(15)) continue;
    if (random_.percent(25)) made.probe.push_back(noise(names));
    take(resource, prefers_managed && random_.percent(80), made);
  }
  if (has_group && random_.percent(70)) made.probe.push_back(of_group("close_group_of"));
  if (random_.percent(25)) made.probe.push_back(noise(names));
  made.probe.push_back(object({{"return", 0}}));
  made.finish();
  if (random_.percent(25)) made.remove.push_back(noise(names));
  OrderedJson functions = object({{"probe", object({{"body", made.probe}})}});
  if (!made.remove.empty()) functions["remove"] = object({{"body", made.remove}});
  if (kernel_.has_suspend && random_.percent(60)) {
    const bool uses = made.probe[0].contains("acquire") && random_.percent(50);
    const OrderedJson first = uses ? object({{"use", data_}}) : noise(names);
    functions["suspend"] = object({{"body", list({first, object({{"return", 0}})})}});
  }
  return functions;
}

OrderedJson DriverGenerator::careless(Names names) {
  OrderedJson functions = OrderedJson::object();
  if (random_.percent(40)) {
    const Callable helper{prefix_ + "_helper", {{"m", "value"}}};
    Names inside = names;
    inside.values.emplace_back("m");
    RandomBody body(random_, inside);
    OrderedJson statements = body.body(1 + random_.below(2));
    statements.push_back(object({{"return", body.expression(1)}}));
    functions[helper.name] = object({{"params", object({{"m", "value"}})}, {"body", statements}});
    names.functions.push_back(helper);
  }
  functions["probe"] = careless_function(names, 4, true);
  if (random_.percent(80)) functions["remove"] = careless_function(names, 3, false);
  if (kernel_.has_suspend && random_.percent(60)) functions["suspend"] = careless_function(names, 2, true);
  return functions;
}

OrderedJson DriverGenerator::careless_function(const Names& names, std::size_t most, bool returns) {
  RandomBody body(random_, names);
  OrderedJson statements = body.body(1 + random_.below(most));
  if (random_.percent(35)) {
    statements.push_back(object({{"if", body.expression()}, {"then", list({object({{"goto", "out"}})})}}));
    statements.push_back(body.statement());
    statements.push_back(object({{"label", "out"}}));
    statements.push_back(body.statement());
  }
  const bool succeeds = random_.percent(60);
  if (returns) statements.push_back(object({{"return", succeeds ? "0" : "-(" + body.expression(1) + ")"}}));
  return object({{"body", statements}});
}

/// Leaves a statement out, writes one twice, or swaps two.
void DriverGenerator::make_a_mistake(OrderedJson& functions) {
  OrderedJson& body = functions[random_.percent(50) && functions.contains("remove") ? "remove" : "probe"]["body"];
  const std::size_t at = random_.below(body.size());
  const OrderedJson statement = body[at];
  if (statement.contains("label") || statement.contains("acquire")) return;
  switch (random_.below(4)) {
    case 0:
    case 1:
      body.erase(at);
      break;
    case 2:
      body.insert(body.begin() + static_cast<std::ptrdiff_t>(at), statement);
      break;
    default:
      if (statement.contains("return"))
        body[at] = object({{"return", random_.percent(50) ? -1 : 1}});
      else if (at > 0)
        std::swap(body[at], body[at - 1]);
      break;
  }
}

}  // namespace

OrderedJson random_driver(RandomSource& random, const RandomKernel& kernel, const std::string& prefix) {
  return DriverGenerator(random, kernel, prefix).run();
}

}  // namespace tenure::testing
