#pragma once

#include <string>

namespace tenure::testing {

/// A kernel model of the smallest kind: bind and unbind, one list, one device-wide resource; `more` is put before its
/// closing brace (", \"constants\": {...}").
inline std::string tiny_kernel(const std::string& functions = "", const std::string& variables = "",
                               const std::string& resources = "", const std::string& more = "") {
  const auto after = [](const std::string& text) { return text.empty() ? "" : ", " + text; };
  return R"({"kernel": "tiny", "variables": {"bound": {"type": "bool", "lifetime": "device"})" + after(variables) +
         R"(},
    "resources": {"thing": {}, "part": {"count": 3}, "handler": {"per": "data", "count": 2})" +
         after(resources) +
         R"(}, "lists": {"later": {}}, "roles": {"probe": {"required": true, "returns": true}, "remove": {}},
    "quiescent": "!bound", "while_bound": "bound",
    "events": {
      "bind": {"when": "!bound", "remembers": true, "do": [
        {"call": "driver->probe", "into": "ret"},
        {"if": "ret != 0", "then": [{"run": "later"}]},
        {"set": "bound", "to": "ret == 0"}]},
      "unbind": {"when": "bound", "do": [
        {"call": "driver->remove"}, {"run": "later"}, {"set": "bound", "to": 0}]}},
    "functions": {
      "get": {"source": "tiny.c", "body": [{"acquire": "thing"}]},
      "put": {"source": "tiny.c", "body": [{"release": "thing", "not_held": "corrupts"}]},
      "put_softly": {"source": "tiny.c", "body": [{"release": "thing", "not_held": "nothing"}]},
      "get_part": {"source": "tiny.c", "params": {"i": "value"}, "body": [{"acquire": "part[i]", "needs": ["thing"]}]},
      "put_part": {"source": "tiny.c", "params": {"i": "value"}, "body": [{"release": "part[i]", "not_held": "warns"}]},
      "do_later": {"source": "tiny.c", "params": {"action": "function"}, "body": [{"defer": "action", "on": "later"}]},
      "may_fail": {"source": "tiny.c", "body": [
        {"choose": "luck", "from": [{"says": "good"}, {"says": "bad", "do": [{"return": -1}]}]}, {"return": 0}]})" +
         after(functions) + "}" + after(more) + "}";
}

/// A driver spec with these bodies; without `remove` it has no such callback. `more` as above.
inline std::string tiny_driver(const std::string& probe, const std::string& remove = "", const std::string& more = "") {
  const bool removes = !remove.empty();
  return R"({"driver": "d", "callbacks": {"probe": "probe")" + std::string(removes ? R"(, "remove": "remove")" : "") +
         R"(}, "functions": {"probe": {"body": [)" + probe + "]}" +
         (removes ? R"(, "remove": {"body": [)" + remove + "]}" : "") + "}" + (more.empty() ? "" : ", " + more) + "}";
}

/// A tiny kernel with a function `nothing`, to be called later.
inline std::string kernel_with_nothing() {
  return tiny_kernel(R"("nothing": {"source": "tiny.c", "body": [{"return": 0}]})");
}

/// A driver whose event `open` has this body, any number of times while it is bound.
inline std::string driver_with_event(const std::string& body) {
  return tiny_driver(R"({"return": 0})", "", R"("events": {"open": {"says": "open", "do": [)" + body + "]}}");
}

/// On a kernel_with_nothing(): each event `open` puts one more call on the list.
inline std::string growing_driver() {
  return driver_with_event(R"({"call": "do_later", "with": {"action": "nothing"}})");
}

}  // namespace tenure::testing
