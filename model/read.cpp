#include "model/read.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string_view>
#include <utility>

#include "model/link_symbols.h"
#include "model/read_value.h"
#include "model/shape.h"

namespace tenure {

namespace {

/// Reads the declarations of one unit.
class UnitReader {
 public:
  UnitReader(const Json& document, Diagnostics& diagnostics) : document_(document), values_(diagnostics) {}

  Unit read(bool is_driver) {
    unit_.is_driver = is_driver;
    if (document_.type == Json::Type::object) unit_.place = document_.place;
    unit_.name = ValueReader::text(document_, is_driver ? "driver" : "kernel");
    unit_.says = ValueReader::text(document_, "says");
    read_source();
    read_notes();
    members("constants", [&](auto& name, auto& place, auto& json) {
      unit_.constants.push_back({name, ValueReader::scalar(&json).value_or(0), place});
    });
    members("variables", [&](auto& name, auto& place, auto& json) { read_variable(name, place, json); });
    members("resources", [&](auto& name, auto& place, auto& json) { read_resource(name, place, json); });
    count_members();
    members("lists", [&](auto& name, auto& place, auto& json) {
      unit_.lists.push_back(
          {name, ValueReader::text(json, "says"), values_.expression(json.find("empty_when")), place});
    });
    members("functions", [&](auto& name, auto& place, auto& json) { read_function(name, place, json); });
    members("roles", [&](auto& name, auto& place, auto& json) {
      unit_.roles.push_back({name, ValueReader::flag(json, "required"), ValueReader::flag(json, "returns"),
                             ValueReader::text(json, "says"), place});
    });
    unit_.callbacks = read_callbacks(document_);
    members("devices", [&](auto& name, auto& place, auto& json) {
      unit_.devices.push_back({name, ValueReader::text(json, "says"), read_callbacks(json), place});
    });
    members("events", [&](auto& name, auto& place, auto& json) {
      unit_.events.push_back({name,
                              ValueReader::text(json, "says"),
                              values_.expression(json.find("when")),
                              ValueReader::flag(json, "remembers"),
                              {},
                              read_block(json.find("do"), values_),
                              place});
    });
    members("keeps", [&](auto& name, auto& place, auto& json) { unit_.keeps.push_back({name, json.text, place}); });
    unit_.quiescent = values_.expression(document_.find("quiescent"));
    unit_.final = values_.expression(document_.find("final"));
    unit_.while_bound = values_.expression(document_.find("while_bound"));
    return std::move(unit_);
  }

 private:
  using Member = std::function<void(const std::string&, const Place&, const Json&)>;

  /// Calls `read` with the name, the place of the name and the value of each member of an object; of two with the same
  /// name, which is an error of its own, with the first.
  static void each_member(const Json* object, const Member& read) {
    if (!object) return;
    std::set<std::string> seen;
    for (const auto& [name, value, place] : object->members)
      if (seen.insert(name).second) read(name, place, value);
  }
  void members(std::string_view key, const Member& read) const { each_member(document_.find(key), read); }

  static std::vector<Callback> read_callbacks(const Json& of) {
    std::vector<Callback> callbacks;
    each_member(of.find("callbacks"), [&](auto& name, auto&, auto& json) {
      if (json.type == Json::Type::string) callbacks.push_back({name, json.text, json.place});
    });
    return callbacks;
  }

  void read_source() {
    unit_.tree = ValueReader::text(document_, "tree");
    if (!unit_.is_driver) return;
    if (const Json* source = document_.find("source")) {
      unit_.tree = ValueReader::text(*source, "tree");
      unit_.model = ValueReader::text(*source, "model");
      const Json* named = source->find(unit_.model.empty() ? "tree" : "model");
      unit_.tree_place = named != nullptr ? named->place : source->place;
      unit_.source_file = ValueReader::text(*source, "file");
    }
  }

  void read_notes() {
    const Json* notes = document_.find("notes");
    if (!notes) return;
    for (const Json& note : notes->elements) {
      const std::string file = ValueReader::text(note, "source");
      unit_.notes.push_back({ValueReader::number(note, "at"), file.empty() ? unit_.source_file : file,
                             ValueReader::text(note, "says"), note.place});
      if (!file.empty() && !note.find("at"))
        values_.diagnostics().add(note.find("source")->place,
                                  "says whose line a note is at, expected its 'at' as well");
    }
  }

  void read_variable(const std::string& name, const Place& place, const Json& json) {
    Variable variable;
    variable.name = name;
    variable.place = place;
    const std::string type = ValueReader::text(json, "type");
    variable.type = type == "counter" ? VariableType::counter
                    : type == "int"   ? VariableType::integer
                    : type == "size"  ? VariableType::size
                                      : VariableType::boolean;
    const std::string lifetime = ValueReader::text(json, "lifetime");
    variable.lifetime = lifetime == "fixed"    ? Lifetime::fixed
                        : lifetime == "driver" ? Lifetime::driver
                        : lifetime == "module" ? Lifetime::module
                                               : Lifetime::device;
    variable.is_family = json.find("count") != nullptr;
    variable.count = ValueReader::number(json, "count", 1);
    variable.size = ValueReader::text(json, "count");
    variable.initial = ValueReader::scalar(json.find("initial")).value_or(0);
    if (const Json* values = json.find("values"))
      for (const Json& value : values->elements)
        if (const auto number = ValueReader::scalar(&value)) variable.values.push_back(*number);
    if (variable.type == VariableType::size) read_size(variable, json);
    variable.restored = ValueReader::flag(json, "restored");
    variable.device = ValueReader::text(json, "device");
    variable.says = ValueReader::text(json, "says");
    if (json.find("type") && json.find("lifetime")) check_variable(variable, json);
    unit_.variables.push_back(std::move(variable));
  }

  /// A size takes the values that are few enough to be unrolled: what is beyond is the least of them.
  static void read_size(Variable& variable, const Json& json) {
    const Json* between = json.find("between");
    if (between == nullptr || between->elements.size() != 2) return;
    variable.low = ValueReader::scalar(&between->elements[0]).value_or(0);
    variable.high = ValueReader::scalar(&between->elements[1]).value_or(0);
    const std::int32_t unrolled = ValueReader::number(json, "unrolled", 4);
    for (std::int32_t value = std::min(variable.low, unrolled); value <= std::min(variable.high, unrolled); ++value)
      variable.values.push_back(value);
  }

  /// How many there are in the families whose count is a size.
  void count_members() {
    const auto count = [&](auto& family, const Json* declared) {
      if (family.size.empty()) return;
      std::vector<std::string> sizes;
      for (const Variable& each : unit_.variables) {
        if (each.type != VariableType::size) continue;
        sizes.push_back(each.name);
        if (each.name == family.size && !each.values.empty()) family.count = std::max(1, each.values.back());
      }
      if (std::find(sizes.begin(), sizes.end(), family.size) != sizes.end()) return;
      const Json* json = declared != nullptr ? declared->find(family.name) : nullptr;
      const Json* written = json != nullptr ? json->find("count") : nullptr;
      values_.diagnostics().add(written != nullptr ? written->place : family.place,
                                unknown_name("size", family.size, sizes));
    };
    for (Variable& variable : unit_.variables) count(variable, document_.find("variables"));
    for (Resource& resource : unit_.resources) count(resource, document_.find("resources"));
  }

  /// What the keys of a variable say together.
  void check_variable(const Variable& variable, const Json& json) {
    const bool is_fixed = variable.lifetime == Lifetime::fixed;
    const bool is_size = variable.type == VariableType::size;
    const bool lists_values = is_fixed && variable.type == VariableType::integer;
    const auto complain = [&](const char* key, const std::string& message) {
      const Json* value = json.find(key);
      values_.diagnostics().add(value ? value->place : variable.place, "'" + variable.name + "' " + message);
    };
    if (variable.is_family && variable.type == VariableType::counter)
      complain("count", "is a counter, expected no 'count'");
    if (is_fixed && variable.type == VariableType::counter) complain("type", "is fixed, expected 'bool' or 'int'");
    if (is_size && !is_fixed) complain("lifetime", "is a size, expected lifetime 'fixed'");
    if (is_size && !json.find("between")) complain("type", "is a size, expected 'between' beside it");
    if (is_size && variable.low > variable.high) complain("between", "is a size, expected the least value first");
    if (is_size && variable.is_family) complain("count", "is a size, expected no 'count'");
    for (const char* key : {"between", "unrolled"})
      if (!is_size && json.find(key)) complain(key, "is no size, expected no '" + std::string(key) + "'");
    if (lists_values && !json.find("values")) complain("type", "is a fixed int, expected its 'values' beside it");
    if (!lists_values && json.find("values")) complain("values", "is no fixed int, expected no 'values'");
    if (is_fixed && json.find("initial")) complain("initial", "is fixed, expected no 'initial' value");
    if (variable.restored && variable.lifetime != Lifetime::device)
      complain("restored", "is restored, expected lifetime 'device'");
    if (!variable.device.empty() && variable.lifetime != Lifetime::driver)
      complain("device", "has a device, expected lifetime 'driver'");
    if (variable.type == VariableType::boolean && (variable.initial < 0 || variable.initial > 1))
      complain("initial", "is a bool, expected true or false as its 'initial' value");
  }

  void read_resource(const std::string& name, const Place& place, const Json& json) {
    Resource resource;
    resource.name = name;
    resource.place = place;
    resource.is_family = json.find("count") != nullptr;
    resource.count = ValueReader::number(json, "count", 1);
    resource.size = ValueReader::text(json, "count");
    resource.per = ValueReader::text(json, "per");
    resource.says = ValueReader::text(json, "says");
    unit_.resources.push_back(std::move(resource));
  }

  void read_function(const std::string& name, const Place& place, const Json& json) {
    Function function;
    function.name = name;
    function.place = place;
    function.file = json.find("source") ? ValueReader::text(json, "source") : unit_.source_file;
    function.stands_for = ValueReader::text(json, "stands_for");
    function.at = ValueReader::number(json, "at");
    function.says = ValueReader::text(json, "says");
    each_member(json.find("params"), [&](auto& parameter, auto& where, auto& value) {
      function.parameters.push_back(read_parameter(parameter, where, value));
    });
    each_member(json.find("locals"), [&](auto& local, auto& where, auto& value) {
      function.locals.push_back({local, ValueReader::scalar(&value).value_or(0), where});
    });
    function.body = read_block(json.find("body"), values_);
    unit_.functions.push_back(std::move(function));
  }

  static Parameter read_parameter(const std::string& name, const Place& place, const Json& json) {
    Parameter parameter;
    parameter.name = name;
    parameter.place = place;
    const std::string kind = json.type == Json::Type::string ? json.text : ValueReader::text(json, "kind");
    parameter.kind = kind == "resource"   ? ParameterKind::resource
                     : kind == "function" ? ParameterKind::function
                                          : ParameterKind::value;
    if (const Json* value = json.find("default")) {
      parameter.has_default = true;
      parameter.default_place = ValueReader::place_of_text(*value);
      parameter.default_text = ValueReader::text_of(*value);
    }
    return parameter;
  }

  const Json& document_;
  ValueReader values_;
  Unit unit_;
};

}  // namespace

Unit read_unit(const Json& document, bool is_driver, Diagnostics& diagnostics) {
  const bool was_unreadable = document.type == Json::Type::null && document.place.line == 0;
  if (!was_unreadable) check_shape(document, is_driver ? "driver" : "kernel", diagnostics);
  return UnitReader(document, diagnostics).read(is_driver);
}

}  // namespace tenure
