#include "model/compiler.h"

// Expressions: from the tree of a spec to terms over the variables of the Program.
namespace tenure {

TermId Compiler::add_term(Term term) {
  program_.terms.push_back(term);
  return static_cast<TermId>(program_.terms.size() - 1);
}

TermId Compiler::constant(std::int32_t value) {
  const auto [found, is_new] = constant_terms_.try_emplace(value, 0);
  if (is_new) {
    Term term;
    term.value = value;
    found->second = add_term(term);
  }
  return found->second;
}

TermId Compiler::variable(VariableId id) {
  return element({id, 1, none});
}

TermId Compiler::element(Reference reference) {
  if (reference.count == 1 && reference.index == none) {
    const auto found = variable_terms_.find({reference.first, 1});
    if (found != variable_terms_.end()) return found->second;
  }
  Term term;
  term.kind = Term::Kind::variable;
  term.variable = reference;
  const TermId id = add_term(term);
  if (reference.count == 1 && reference.index == none) variable_terms_[{reference.first, 1}] = id;
  return id;
}

Reference Compiler::reference(VariableId first, std::uint32_t count, TermId index) const {
  if (index == none) return {first, 1, none};
  const Term& term = program_.terms[index];
  const bool is_known =
      term.kind == Term::Kind::constant && term.value >= 0 && static_cast<std::uint32_t>(term.value) < count;
  return is_known ? Reference{first + static_cast<VariableId>(term.value), 1, none} : Reference{first, count, index};
}

/// What a name stands for, a member of a family by its index.
Reference Compiler::reference(const CompiledVariable& variable, const Expression& name,
                              const Environment& environment) {
  const TermId index = name.operands.empty() ? none : term(name.operands.front(), environment);
  return reference(variable.id, variable.count, index);
}

/// That the index of a reference is out of range; `none` when it cannot be.
TermId Compiler::outside(const Reference& reference) {
  if (reference.index == none || program_.variables[reference.first].is_of_member) return none;
  const TermId limit = constant(static_cast<std::int32_t>(reference.count));
  return any_of(operation(Operator::less, reference.index, constant(0)),
                operation(Operator::greater_equal, reference.index, limit));
}

/// That one of two things that may be none is so.
TermId Compiler::either(TermId a, TermId b) {
  return a == none ? b : b == none ? a : any_of(a, b);
}

/// That an index of a resource reads a variable whose own index is out of range.
TermId Compiler::outside(const ResourceReference& resource, const Environment& environment) {
  const TermId here = resource.index ? outside(*resource.index, environment) : none;
  return either(here, resource.per ? outside(*resource.per, environment) : none);
}

/// That an expression reads a variable whose index is out of range; `none` when it cannot. What C does not evaluate is
/// not read.
TermId Compiler::outside(const Expression& expression, const Environment& environment) {
  if (expression.resource) return outside(*expression.resource, environment);
  std::vector<TermId> operands;
  for (const Expression& operand : expression.operands) operands.push_back(outside(operand, environment));
  if (expression.kind == Expression::Kind::name) {
    if (operands.empty()) return none;
    const auto* found = find_variable(expression.name, environment);
    return either(operands[0], outside(reference(*found, expression, environment)));
  }
  if (operands.size() > 1 && (operands[1] != none || operands.back() != none)) {
    const auto when = [&](TermId condition, TermId is_outside) {
      return is_outside == none ? none : all_of(condition, is_outside);
    };
    const auto is_true = [&] { return term(expression.operands[0], environment); };
    if (expression.op == Operator::logical_and) operands[1] = when(is_true(), operands[1]);
    if (expression.op == Operator::logical_or) operands[1] = when(negation(is_true()), operands[1]);
    if (expression.op == Operator::conditional) {
      operands[1] = when(is_true(), operands[1]);
      operands[2] = when(negation(is_true()), operands[2]);
    }
  }
  TermId any = none;
  for (const TermId operand : operands) any = either(any, operand);
  return any;
}

TermId Compiler::operation(Operator op, TermId a, TermId b, TermId c) {
  Term term;
  term.kind = Term::Kind::operation;
  term.op = op;
  term.operands[0] = a;
  term.operands[1] = b;
  term.operands[2] = c;
  return add_term(term);
}

bool Compiler::is_boolean(TermId id) const {
  const Term& term = program_.terms[id];
  switch (term.kind) {
    case Term::Kind::constant:
      return term.value == 0 || term.value == 1;
    case Term::Kind::variable:
      return program_.variables[term.variable.first].is_boolean;
    case Term::Kind::list_has:
    case Term::Kind::list_empty:
      return true;
    case Term::Kind::operation:
      break;
  }
  switch (term.op) {
    case Operator::logical_not:
    case Operator::equal:
    case Operator::unequal:
    case Operator::less:
    case Operator::less_equal:
    case Operator::greater:
    case Operator::greater_equal:
    case Operator::logical_and:
    case Operator::logical_or:
      return true;
    case Operator::bit_and:
    case Operator::bit_or:
      return is_boolean(term.operands[0]) && is_boolean(term.operands[1]);
    case Operator::conditional:
      return is_boolean(term.operands[1]) && is_boolean(term.operands[2]);
    default:
      return false;
  }
}

TermId Compiler::term(const Expression& expression, const Environment& environment) {
  switch (expression.kind) {
    case Expression::Kind::literal:
      return constant(expression.value);
    case Expression::Kind::name: {
      const auto local = environment.locals.find(expression.name);
      if (local != environment.locals.end()) return variable(local->second);
      if (const auto* value = find_constant(expression.name, environment.driver)) return constant(*value);
      const auto* found = find_variable(expression.name, environment);
      if (found == nullptr) throw InternalError("unlinked name " + expression.name);
      const Reference member = reference(*found, expression, environment);
      return as_known(is_followed(*found, member), element(member));
    }
    case Expression::Kind::operation: {
      TermId operands[3] = {none, none, none};
      for (std::size_t i = 0; i < expression.operands.size(); ++i)
        operands[i] = term(expression.operands[i], environment);
      return operation(expression.op, operands[0], operands[1], operands[2]);
    }
    case Expression::Kind::held: {
      const ResourceBinding binding = resolve(*expression.resource, environment);
      if (binding.family == none) return constant(0);
      const Family& family = families_[binding.family];
      return as_known(is_followed(family, binding), element(reference(family.held, binding)));
    }
    case Expression::Kind::in_use: {
      const ResourceBinding binding = resolve(*expression.resource, environment);
      if (binding.family == none) return constant(0);
      const TermId here = is_followed(families_[binding.family], binding);
      const TermId term = in_use(binding);
      pending_uses_.back().is_asked = here == none;
      return as_known(here, term);
    }
    case Expression::Kind::has: {
      Term term;
      term.kind = Term::Kind::list_has;
      term.list = list(expression.name, environment.device);
      const auto parameter = environment.functions.find(expression.function);
      int owner = -1;
      const Function* function = parameter != environment.functions.end()
                                     ? parameter->second.function
                                     : find_function(expression.function, environment.driver, owner);
      if (parameter != environment.functions.end()) owner = parameter->second.driver;
      term.function = function_info(*function, owner);
      return add_term(term);
    }
    case Expression::Kind::empty: {
      const TermId term = is_empty(list(expression.name, environment.device));
      // What the members that are not followed have on it is not there.
      return followed_.sizes.empty() ? term : all_of(term, variable(unknown()));
    }
    case Expression::Kind::defined: {
      TermId any = none;
      const int device = environment.device;
      for (int driver = 0; driver < static_cast<int>(spec_.drivers.size()); ++driver) {
        if (device != 0 && devices_[device].driver != driver) continue;
        for (const Callback& callback : callbacks(driver, device)) {
          if (callback.role != expression.name) continue;
          const bool is_certain = device != 0 || bound_driver_ == none;
          const TermId here =
              is_certain ? constant(1) : operation(Operator::equal, variable(bound_driver_), constant(driver));
          any = any == none ? here : any_of(any, here);
        }
      }
      return any == none ? constant(0) : any;
    }
  }
  throw InternalError("unknown kind of expression");
}

/// Which instances may need which is known when all procedures are compiled: the term is filled in by finish_in_use().
TermId Compiler::in_use(const ResourceBinding& binding) {
  if (binding.family == none) return constant(0);
  Term term;
  term.kind = Term::Kind::operation;
  term.op = Operator::logical_or;
  const TermId id = add_term(term);
  pending_uses_.push_back({id, binding, false});
  return id;
}

void Compiler::finish_in_use() {
  for (const PendingUse& use : pending_uses_) {
    TermId any = constant(0);
    for (const Need& candidate : needs_) {
      if (candidate.needed != use.binding.family) continue;
      const Family& asked = families_[candidate.holder];
      if (use.is_asked && asked.followed != none)
        followed_.objections.push_back({asked.followed, "in_use() asks for what any " + asked.name + " needs"});
      for (std::uint32_t holder = 0; holder < families_[candidate.holder].count; ++holder)
        any = any_of(any, is_needed(candidate, holder, use.binding));
    }
    followed_.made_terms.insert(use.term);
    program_.terms[use.term].operands[0] = any;
    program_.terms[use.term].operands[1] = constant(0);
  }
}

}  // namespace tenure
