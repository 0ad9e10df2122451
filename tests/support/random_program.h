#pragma once

#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <vector>

#include "model/compile.h"
#include "model/spec.h"

namespace tenure::testing {

/// A kernel model and drivers as JSON documents.
struct RandomProgram {
  nlohmann::ordered_json kernel;
  std::vector<nlohmann::ordered_json> drivers;
  /// Reads and links it. Throws InputError when it is none.
  Spec spec() const;
  /// One document with all of it, for a file.
  nlohmann::ordered_json document() const;
};

/// CompileOptions for random programs: a margin so small that counters often leave it, and explicit search ends.
inline constexpr CompileOptions random_options{.counter_margin = 3};

/// A program for a seed: from the whole language, one that links, with so few states that all are visited quickly.
/// About half of the drivers are careful ones with a mistake or none, the rest do as they like.
RandomProgram random_program(std::uint64_t seed);

/// The smallest program that can be found, by leaving out one part after another, for which `fails` still holds.
/// Programs that do not link are not asked about.
RandomProgram shrunk(const RandomProgram& program, const std::function<bool(const RandomProgram&)>& fails);

/// The program without some part of its kernel model or a driver, as a small change of either is; the same when none of
/// those that are tried links.
RandomProgram changed(const RandomProgram& program, std::uint64_t seed);

}  // namespace tenure::testing
