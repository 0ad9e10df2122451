#include <z3.h>

/// What no program with Z3 is faster than: loads the library, makes a context, solves one trivial problem.
int main() {
  Z3_config config = Z3_mk_config();
  Z3_context context = Z3_mk_context_rc(config);
  Z3_del_config(config);
  Z3_solver solver = Z3_mk_solver_for_logic(context, Z3_mk_string_symbol(context, "QF_FD"));
  Z3_solver_inc_ref(context, solver);
  Z3_solver_assert(context, solver, Z3_mk_const(context, Z3_mk_int_symbol(context, 1), Z3_mk_bool_sort(context)));
  const Z3_lbool answer = Z3_solver_check(context, solver);
  Z3_solver_dec_ref(context, solver);
  Z3_del_context(context);
  return answer == Z3_L_TRUE ? 0 : 1;
}
