#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/program.h"
#include "model/property.h"
#include "model/verdict.h"

// What a proof rests on.
namespace tenure {

/// What a proof may rest on: that a statement of the driver is as it is, or that all statements of a function of the
/// kernel are, those of the functions that it calls not included.
struct Fact {
  std::uint32_t function = 0;  ///< index in Program::functions
  SiteId site = none;          ///< of the statement; none: of the whole function
};

/// Facts that suffice for a proof that a property holds. Whichever of all other statements are left out, however their
/// conditions decide, and whatever they set, pass and return of what is set, passed and returned there in some run, the
/// property is not violated. Of a function that does something new nothing is said, nor of what can still be reached.
struct Core {
  std::vector<Fact> facts;
  bool is_least = true;  ///< without any one of them the invariant proves nothing; else a limit was reached before
};

/// A fact as a reader knows it.
struct Ground {
  std::string function;
  std::string statement;  ///< of the driver; "": a function of the kernel
  std::string file;       ///< in the kernel tree
  int line = 0;           ///< 0: not known
};

/// What the proof of a property rests on.
struct Grounds {
  /// The functions of the kernel that some run carries out. Whatever another one does, the proof stands, for it is
  /// never called.
  std::vector<std::string> runs;
  bool is_known = false;         ///< else it may rest on all that runs
  bool is_least = true;          ///< Core::is_least
  std::vector<Ground> rests_on;  ///< the core, by file and line
};

/// How verdicts are got: as Engine::check() without limits.
using Check = std::function<std::vector<PropertyVerdict>(const Program& program, const Program& exact,
                                                         const std::vector<Property>& properties)>;

/// The functions of the kernel that some run of a program carries out, or may carry out as far as is known, in order.
/// `held` is a property that holds.
std::vector<std::string> functions_that_run(const Program& program, const Program& exact, Property held,
                                            const Check& check);

/// How cores are got, one for each property, all of which hold; none where a limit was reached.
using FindCores =
    std::function<std::vector<std::optional<Core>>(const Program& program, const std::vector<Property>& held)>;

/// What the proofs of some properties that hold rest on, in their order.
std::vector<Grounds> grounds_of(const Program& program, const Program& exact, const std::vector<Property>& held,
                                const Check& check, const FindCores& find_cores);

/// Whether a verdict has grounds to be found in the driver as it is, or in Program::one_member: it was shown of that.
bool has_grounds(const Verdict& verdict, bool in_one_member);

}  // namespace tenure
