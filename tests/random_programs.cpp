#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "encoders/engine.h"
#include "model/compile.h"
#include "model/diagnostic.h"
#include "model/explicit_check.h"
#include "model/further.h"
#include "tests/support/random_program.h"

// Compares explicit search with Z3 on random programs: the same verdict for each property, and counterexamples of the
// same length, also when only runs of few events are searched, and the same things that violate a property. What
// disagrees is written to random-program-SEED.json.
using namespace tenure;
using namespace tenure::testing;

namespace {

/// Of so many programs Z3 may leave something open in one.
constexpr std::uint64_t most_decided = 100;
constexpr std::uint32_t few_events = 3;
constexpr ExplicitLimits explicit_limits{.configurations = 20'000};

struct Options {
  std::uint64_t count = 100;
  std::uint64_t seed = 1;
  bool shrink = false;
  SearchBy by = SearchBy::cadical;
};

/// One property: the verdict, and what is the same for all shortest counterexamples.
std::string summary(const PropertyVerdict& answer) {
  std::string text = std::string(name_of(answer.property)) + " " + std::string(name_of(answer.verdict));
  if (const auto* violated = std::get_if<Violated>(&answer.verdict)) {
    text += " in " + std::to_string(violated->path.events.size()) + " events and " +
            std::to_string(violated->path.steps) + " steps";
  }
  if (const auto* undecided = std::get_if<Undecided>(&answer.verdict)) text += ": " + undecided->reason;
  return text;
}

bool is_undecided(const PropertyVerdict& answer) {
  return std::holds_alternative<Undecided>(answer.verdict);
}

/// A verdict that says less than the oracle: it contradicts nothing.
bool is_weaker(const PropertyVerdict& symbolic, const PropertyVerdict& answer) {
  const auto* bounded = std::get_if<Holds>(&symbolic.verdict);
  const auto* violated = std::get_if<Violated>(&symbolic.verdict);
  const auto* shortest = std::get_if<Violated>(&answer.verdict);
  return is_undecided(symbolic) ||
         (violated != nullptr && !violated->is_shortest && shortest != nullptr &&
          shortest->path.events.size() <= violated->path.events.size()) ||
         (bounded != nullptr && !bounded->bounds.empty() && std::holds_alternative<Holds>(answer.verdict));
}

struct Compared {
  std::string difference;  ///< "" when both agree
  bool is_weaker = false;  ///< Z3 leaves something open
  std::map<std::string, std::uint64_t> verdicts;
};

/// The answers of an engine; no answers when it refuses the spec for an index out of range.
template <typename Check>
std::vector<PropertyVerdict> answers(const Check& check, bool& refused) {
  try {
    return check();
  } catch (const InputError&) {
    refused = true;
    return {};
  }
}

bool is_violated_in_few_events(const PropertyVerdict& answer) {
  const auto* violated = std::get_if<Violated>(&answer.verdict);
  return violated != nullptr && violated->path.events.size() <= few_events;
}

/// Adds where the engines do not agree about each thing that may violate a property.
void compare_culprits(const Program& program, const Program& exact, const std::vector<Culprit>& culprits,
                      Inquiry& inquiry, Compared& compared) {
  const std::vector<Reachability> explicitly = violations_explicitly(program, exact, explicit_limits);
  std::vector<std::uint32_t> goals;
  for (const Culprit& culprit : culprits) goals.push_back(goal_of(program, culprit));
  const std::vector<Reachability> symbolically = inquiry.reached(goals);
  for (std::size_t i = 0; i < culprits.size(); ++i) {
    const Reachability& known = explicitly[goals[i]];
    if (!known.path && !known.never) continue;
    if (!symbolically[i].path && !symbolically[i].never) {
      compared.is_weaker = true;
    } else if (known.path.has_value() != symbolically[i].path.has_value()) {
      compared.difference += "  " + std::string(name_of(culprits[i].first)) + " of " + culprits[i].second +
                             (known.path ? " is found explicitly alone\n" : " is found by Z3 alone\n");
    }
  }
}

/// Programs take turns: one is proved by clauses, the next by the diagram of its states, the third by that in which
/// counters are not followed so far.
Limits limits_for(std::uint64_t seed) {
  Limits limits{.seconds = 20, .wants_clauses = seed % 3 == 0};
  if (seed % 3 == 2) limits.nodes_before_narrowing = 0;
  return limits;
}

Compared compare(const RandomProgram& random_program, const Limits& limits, Engine& engine) {
  const Spec spec = random_program.spec();
  const std::vector<Property> properties(all_properties.begin(), all_properties.end());
  const Program whole = compile(spec, random_options);
  const std::vector<Culprit> culprits = culprits_in(whole, properties);
  const Program program = divided(whole, culprits);
  const Program exact = divided(compile(spec, {.counter_margin = 0}), culprits);
  bool refused_explicitly = false;
  bool refused_symbolically = false;
  const auto explicitly =
      answers([&] { return check_explicitly(program, exact, properties, explicit_limits); }, refused_explicitly);
  Compared compared;
  // Without all states there is nothing to compare with.
  if (std::any_of(explicitly.begin(), explicitly.end(), is_undecided)) {
    compared.verdicts["not compared"] = 1;
    return compared;
  }
  std::vector<PropertyVerdict> symbolically;
  std::vector<PropertyVerdict> in_few_events;
  try {
    const std::unique_ptr<Inquiry> inquiry = engine.inquire(program, exact, limits);
    symbolically = answers([&] { return inquiry->verdicts(properties); }, refused_symbolically);
    if (!refused_symbolically) {
      in_few_events = engine.check(program, exact, properties, {.seconds = 20, .events = few_events});
      compare_culprits(program, exact, culprits, *inquiry, compared);
    }
  } catch (const InternalError& error) {
    compared.difference = std::string("internal error: ") + error.what();
    return compared;
  }
  if (refused_explicitly != refused_symbolically) compared.difference = "an index is out of range for one only";
  for (std::size_t i = 0; i < std::min(explicitly.size(), symbolically.size()); ++i) {
    ++compared.verdicts[std::string(name_of(symbolically[i].verdict))];
    if (summary(explicitly[i]) == summary(symbolically[i])) continue;
    if (is_weaker(symbolically[i], explicitly[i])) {
      compared.is_weaker = true;
      continue;
    }
    compared.difference += "  explicit: " + summary(explicitly[i]) + "\n  Z3:       " + summary(symbolically[i]) + "\n";
  }
  for (std::size_t i = 0; i < std::min(explicitly.size(), in_few_events.size()); ++i) {
    const bool is_violated = is_violated_in_few_events(explicitly[i]);
    const bool is_found = std::holds_alternative<Violated>(in_few_events[i].verdict);
    if (is_violated == is_found && (!is_violated || summary(explicitly[i]) == summary(in_few_events[i]))) continue;
    if (is_violated && is_undecided(in_few_events[i])) {
      compared.is_weaker = true;
      continue;
    }
    compared.difference +=
        "  explicit: " + summary(explicitly[i]) + "\n  Z3, few events: " + summary(in_few_events[i]) + "\n";
  }
  return compared;
}

Options options_of(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--shrink") {
      options.shrink = true;
    } else if (argument == "--z3") {
      options.by = SearchBy::z3;
    } else if ((argument == "--count" || argument == "--seed") && i + 1 < argc) {
      (argument == "--count" ? options.count : options.seed) = std::stoull(argv[++i]);
    } else {
      std::cerr << "usage: random_programs [--count N] [--seed S] [--shrink] [--z3]\n";
      std::exit(2);
    }
  }
  return options;
}

void report(const RandomProgram& program, std::uint64_t seed, const std::string& difference) {
  const std::string file = "random-program-" + std::to_string(seed) + ".json";
  auto document = program.document();
  document["seed"] = seed;
  std::ofstream(file) << document.dump(1) << "\n";
  std::cout << "seed " << seed << ", see " << file << ":\n" << difference << std::flush;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = options_of(argc, argv);
  // One that has followed counters less far does so at once where the driver has the same name.
  Engine following(options.by), narrowing(options.by);
  std::map<std::string, std::uint64_t> verdicts;
  std::uint64_t disagreements = 0;
  std::uint64_t weaker = 0;
  for (std::uint64_t seed = options.seed; seed < options.seed + options.count; ++seed) {
    RandomProgram program = random_program(seed);
    const Limits limits = limits_for(seed);
    Engine& engine = limits.nodes_before_narrowing == 0 ? narrowing : following;
    const Compared compared = compare(program, limits, engine);
    for (const auto& [name, times] : compared.verdicts) verdicts[name] += times;
    if (compared.is_weaker) {
      ++weaker;
      std::cout << "seed " << seed << ": Z3 left something open\n";
    }
    if (compared.difference.empty()) continue;
    ++disagreements;
    if (options.shrink) {
      program =
          shrunk(program, [&](const RandomProgram& each) { return !compare(each, limits, engine).difference.empty(); });
    }
    report(program, seed, compare(program, limits, engine).difference);
  }
  for (const auto& [name, times] : verdicts) std::cout << name << ": " << times << "\n";
  std::cout << options.count << " programs, " << disagreements << " disagreements, " << weaker
            << " in which Z3 left something open\n";
  const bool leaves_much_open = weaker * most_decided > options.count;
  return disagreements == 0 && !leaves_much_open ? 0 : 1;
}
