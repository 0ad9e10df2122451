#include "tests/support/random_members.h"

namespace tenure::testing {

namespace {

std::string when(const std::string& condition, const std::string& then) {
  return R"({"if": ")" + condition + R"(", "then": [)" + then + "]}";
}

std::string release(const std::string& resource, const std::string& not_held) {
  return R"({"release": ")" + resource + R"(", "not_held": ")" + not_held + R"("})";
}

}  // namespace

/// Something that goes wrong for the third member that comes here.
std::string RandomMembers::counted(const std::string& once, const std::string& twice, const std::string& member) {
  return when(twice, random_.percent(50) ? release("thing", "warns")
                                         : when("held(" + member + ")", R"({"set": "flag", "to": 1})")) +
         ", " + when(once, R"({"set": ")" + twice + R"(", "to": 1})") + R"(, {"set": ")" + once + R"(", "to": 1})";
}

/// One statement about the member of an index. `may_fail`: it may go to the label "out".
std::string RandomMembers::statement(const std::string& index, bool may_fail, int depth) {
  const std::string m = "m[" + index + "]";
  const std::string q = "q[" + index + "]";
  const std::string has = "good[" + index + "]";
  const auto nested = [&] { return statements(index, may_fail, depth + 1); };
  switch (random_.below(may_fail ? 20 : 18)) {
    case 0:
    case 1:
      return when("!held(" + m + ")", R"({"acquire": ")" + m + R"("})");
    case 2:
    case 3:
      return when("held(" + m + ")", release(m, "corrupts"));
    case 4:
      return when("held(" + m + ") && !held(" + q + ")", R"({"acquire": ")" + q + R"(", "needs": [")" + m + R"("]})");
    case 5:
      return when("held(" + q + ")", release(q, "warns"));
    case 6:
      return random_.percent(50) ? release(q, "nothing") : release(m, "warns");
    case 7:
      return R"({"set": ")" + has + R"(", "to": )" + random_.number(2) + "}";
    case 8:
      return depth < 2 ? when((random_.percent(50) ? "" : "!") + has, nested()) : R"({"use": ")" + m + R"("})";
    case 9:
      return when("held(" + m + ")", R"({"use": ")" + m + R"("})");
    case 10:
      return R"({"call": "do_later", "with": {"action": {"call": "drop", "with": {"what": ")" + m + R"("}}}})";
    case 11:
      return R"({"take_back": "drop", "with": {"what": ")" + m + R"("}, "on": "later", "into": "found"}, )" +
             when("found", when("held(" + m + ")", release(m, "corrupts")));
    case 12:
      return R"({"call": "for_member", "with": {"k": ")" + index + R"("}})";
    case 13:
      return depth < 2 ? R"({"choose": "luck", "from": [{"says": "yes"}, {"says": "no", "do": [)" + nested() + "]}]}"
                       : R"({"call": "drop", "with": {"what": ")" + m + R"("}})";
    case 14:
      if (random_.percent(60)) return when("flag", release(m, "nothing"));
      return counted("flag", "second", m);
    case 15:
      if (random_.percent(40)) return when("held(thing)", R"({"use": "thing"})");
      return random_.percent(50) ? counted("seen", "twice", m) : when(has, R"({"return": 0})");
    case 16:
      return when("!held(q[k])",
                  R"({"acquire": "q[k]", "needs": ["m[)" + (random_.percent(70) ? index : "k") + R"(]"]})");
    case 17:
      return R"({"call": "may_fail", "into": "found"})";
    default:
      return R"({"call": "may_fail", "into": "ret", "on_error": "goto out"})";
  }
}

std::string RandomMembers::statements(const std::string& index, bool may_fail, int depth) {
  std::string text = statement(index, may_fail, depth);
  for (std::size_t i = random_.below(3); i > 0; --i) text += ", " + statement(index, may_fail, depth);
  return text;
}

std::string RandomMembers::loop(const std::string& index, const std::string& body) {
  return R"({"loop": ")" + index + R"(", )" + body;
}

std::string RandomMembers::whole_loop() {
  const bool is_up = random_.percent(70);
  return loop("j", is_up ? R"("from": 0, "while": "j < n", "next": "j + 1", "do": [)"
                         : R"("from": "n - 1", "while": "j >= 0", "next": "j - 1", "do": [)") +
         statements("j", false) + "]}";
}

/// Any one member does something, to itself or to all.
std::string RandomMembers::for_one() {
  const std::string shared = random_.percent(40) ? R"(, {"set": "flag", "to": )" + random_.number(2) + "}" : "";
  return when("n > 0",
              R"({"choose": "which", "into": "k", "between": [0, "n - 1"]}, )" + statements("k", false) + shared);
}

/// A loop that may fail, what undoes it for those that were done, and perhaps one more loop.
std::string RandomMembers::body(bool fails) {
  std::string text = R"({"set": "ret", "to": 0}, {"set": "i", "to": 0})";
  if (random_.percent(40)) text += R"(, {"call": "get"}, )" + whole_loop() + R"(, {"call": "put"})";
  const std::string failure = fails ? R"({"call": "may_fail", "into": "ret", "on_error": "goto out"})" : "";
  const bool fails_first = random_.percent(50);
  text += ", " + loop("i", R"("from": 0, "while": "i < n", "next": "i + 1", "do": [)");
  if (fails && fails_first) text += failure + ", ";
  text += statements("i", fails);
  if (fails && !fails_first) text += ", " + failure;
  text += "]}";
  if (random_.percent(30)) text += ", " + for_one();
  if (!fails) return text + R"(, {"return": 0})";
  text += R"(, {"return": 0}, {"label": "out"})";
  if (random_.percent(60)) {
    const bool is_down = random_.percent(50);
    text += ", " +
            loop("j", is_down ? R"("from": "i - 1", "while": "j >= 0", "next": "j - 1", "do": [)"
                              : R"("from": 0, "while": "j < i", "next": "j + 1", "do": [)") +
            statements("j", false) + "]}";
  }
  if (random_.percent(40)) text += ", " + whole_loop();
  return text + R"(, {"return": "ret"})";
}

/// A probe that undoes all it did when it fails, but for one mistake that may need three members to show.
std::string RandomMembers::careful_probe() {
  const std::string undo = when("held(m[j])", release("m[j]", "corrupts"));
  const std::vector<std::string> mistakes = {
      "", ", " + when("good[j]", R"({"return": "ret"})"),
      ", " + when("seen", R"({"set": "twice", "to": 1})") + R"(, {"set": "seen", "to": 1})",
      ", " + when("flag", R"({"set": "second", "to": 1})") + R"(, {"set": "flag", "to": 1})"};
  const std::string& mistake = random_.one_of(mistakes);
  const bool is_down = random_.percent(70);
  const std::string condition = random_.percent(50) ? "!second && !twice" : "!twice";
  return R"({"set": "ret", "to": 0}, )" + loop("i", R"("from": 0, "while": "i < n", "next": "i + 1", "do": [)") +
         R"({"call": "may_fail", "into": "ret", "on_error": "goto out"}, {"acquire": "m[i]"}, )" +
         (random_.percent(50)
              ? R"({"choose": "luck", "from": [{"says": "yes"}, {"says": "no", "do": [{"set": "good[i]", "to": 1}]}]}]})"
              : R"({"set": "good[i]", "to": 1}]})") +
         R"(, {"return": 0}, {"label": "out"}, )" +
         loop("j", is_down ? R"("from": "i - 1", "while": "j >= 0", "next": "j - 1", "do": [)"
                           : R"("from": 0, "while": "j < i", "next": "j + 1", "do": [)") +
         when(condition, undo) + mistake + R"(]}, {"return": "ret"})";
}

std::string RandomMembers::driver() {
  const bool is_careful = random_.percent(40);
  const std::string locals = R"("locals": {"ret": 0, "i": 0, "j": 0, "k": 0, "found": 0, "seen": 0, "twice": 0}, )";
  const std::string undo_all = loop("j", R"("from": 0, "while": "j < n", "next": "j + 1", "do": [)") +
                               when("held(q[j])", release("q[j]", "warns")) + ", " +
                               when("held(m[j])", release("m[j]", "corrupts")) + "]}";
  std::string remove = !is_careful && random_.percent(50) ? body(false) : R"({"return": 0})";
  if (is_careful || random_.percent(60)) remove = undo_all + ", " + remove;
  const std::string open = is_careful ? R"({"return": 0})" : random_.percent(70) ? for_one() : whole_loop();
  return R"({"driver": "d", "callbacks": {"probe": "probe", "remove": "remove"},
    "variables": {"n": {"type": "size", "lifetime": "fixed", SIZE},
                  "good": {"type": "bool", "lifetime": "driver", "count": "n"},
                  "flag": {"type": "bool", "lifetime": "driver"}, "second": {"type": "bool", "lifetime": "driver"}},
    "resources": {"m": {"count": "n"}, "q": {"count": "n"}},
    "events": {"open": {"says": "open", "do": [{"call": "open"}]}},
    "functions": {
      "drop": {"params": {"what": "resource"}, "body": [)" +
         when("held(what)", release("what", "corrupts")) + R"(]},
      "for_member": {"params": {"k": "value"}, )" +
         locals.substr(0, locals.find(R"("k")")) + R"("found": 0, "seen": 0, "twice": 0}, "body": [)" +
         release("q[k]", "nothing") + ", " + when("held(m[k]) && good[k]", release("m[k]", "corrupts")) + R"(]},
      "open": {)" +
         locals +
         R"("body": [{"if": "n > 0", "then": [{"call": "for_member", "with": {"k": 0}}]}, {"call": "drop", "with": {"what": "none"}}, )" +
         open + R"(]},
      "probe": {)" +
         locals + R"("body": [)" + (is_careful ? careful_probe() : body(true)) + R"(]},
      "remove": {)" +
         locals + R"("body": [)" + remove + "]}}}";
}

std::string RandomMembers::with_size(const std::string& driver, int high, int unrolled) {
  std::string text = driver;
  const std::string size =
      R"("between": [0, )" + std::to_string(high) + R"(], "unrolled": )" + std::to_string(unrolled);
  return text.replace(text.find("SIZE"), 4, size);
}

}  // namespace tenure::testing
