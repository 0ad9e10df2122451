#pragma once

#include <cstdint>
#include <vector>

#include "encoders/zdd.h"

namespace tenure {

/// An order of the atoms, at first `order`, in which the sets have fewer nodes: each atom they have from the place
/// `first` on was tried at each of the others' places, those with most nodes first (Rudell, ICCAD 1993). The atoms
/// before stay, and so do the places of those that the sets do not have.
std::vector<Atom> sifted_order(const Zdd& zdd, const std::vector<Atom>& order, const std::vector<SetId>& sets,
                               std::uint32_t first);

}  // namespace tenure
