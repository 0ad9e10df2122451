#include "model/c_source.h"

#include <algorithm>
#include <doctest/doctest.h>
#include <string>

using namespace tenure;

namespace {

std::string names_of(const CSource& source) {
  std::string names;
  for (const CFunction& function : source.functions) {
    names += (names.empty() ? "" : " ") + function.name + ":" + std::to_string(function.first_line) + "," +
             std::to_string(function.line) + "-" + std::to_string(function.last_line);
  }
  return names;
}

/// "name@line/statement" for each call and label of a function.
std::string marks_of(const CFunction& function) {
  std::string marks;
  for (const CWord& word : function.words) {
    if (word.kind == CWord::Kind::plain) continue;
    marks += (marks.empty() ? "" : " ") + word.text + (word.kind == CWord::Kind::label ? ":" : "") + "@" +
             std::to_string(word.line) + "/" + std::to_string(word.statement);
  }
  return marks;
}

std::string marks_in(const std::string& body) {
  const CSource source = scan_c("void f(void)\n{\n" + body + "\n}\n");
  REQUIRE(source.functions.size() == 1);
  return marks_of(source.functions.front());
}

}  // namespace

TEST_CASE("functions are found with their lines, whatever stands around their names") {
  CHECK(names_of(scan_c("int f(void)\n{\n}\n")) == "f:1,1-3");
  CHECK(names_of(scan_c("static struct x *\nf(int a,\n  int b)\n{ return 0; }")) == "f:1,2-4");
  CHECK(names_of(scan_c("static int __init f(void) __acquires(lock)\n{\n}")) == "f:1,1-3");
  CHECK(names_of(scan_c("__printf(1, 2) int f(const char *x, ...)\n{\n}")) == "f:1,1-3");
  CHECK(names_of(scan_c("__attribute__((noinline))\nstatic void f(void (*call)(int))\n{\n}")) == "f:1,2-4");
  CHECK(names_of(scan_c("DEFINE_HANDLER(f)\n{\n}\n")) == "DEFINE_HANDLER:1,1-3");
}

TEST_CASE("what is no function is not taken for one") {
  CHECK(names_of(scan_c("int f(void);\nextern int g(int);\n")) == "");
  CHECK(names_of(scan_c("struct s { int (*f)(int); };\nint f(void) {}\n")) == "f:2,2-2");
  CHECK(names_of(scan_c("static struct s s = { .f = f, .g = MACRO(1) };\nint g(void) {}\n")) == "g:2,2-2");
  CHECK(names_of(scan_c("enum { A, B };\nMODULE(x);\nunion u { int a; } u;\n")) == "");
  CHECK(names_of(scan_c("MACRO(f)\nint g(void) {}\n")) == "g:1,2-2");
}

TEST_CASE("calls have the line of their name and of their statement") {
  CHECK(marks_in("f(1);") == "f@3/3");
  CHECK(marks_in("x = f(1,\n  g(2));") == "f@3/3 g@4/3");
  CHECK(marks_in("if (a &&\n  f(1))\n  g();\nelse\n  h();") == "f@4/3 g@5/5 h@7/7");
  CHECK(marks_in("for (i = 0; i < n(1); i++)\n  g(i);") == "n@3/3 g@4/4");
  CHECK(marks_in("do\n  f();\nwhile (g());\nh();") == "f@4/4 g@5/5 h@6/6");
  CHECK(marks_in("switch (f()) {\ncase A:\n  g(); break;\ndefault:\n  h();\n}") == "f@3/3 g@5/5 h@7/7");
  CHECK(marks_in("for_each(x, y)\n  g();") == "for_each@3/3 g@4/3");
  CHECK(marks_in("x = ({ f();\n g(); }) +\n h();") == "f@3/3 g@4/4 h@5/3");
  CHECK(marks_in("int a[] = {\n f(1), g(2) };\nh();") == "f@4/4 g@4/4 h@5/5");
}

TEST_CASE("fields, keywords and casts are no calls") {
  CHECK(marks_in("a.f(1); b->g(2); return (x); sizeof(y); while (1) ;") == "");
  CHECK(marks_in("a > f(1);") == "f@3/3");
}

TEST_CASE("labels are told from cases and conditional expressions") {
  CHECK(marks_in("goto out;\nout:\n  f();") == "out:@4/4 f@5/5");
  CHECK(marks_in("x = a ? b : c;\ncase 1: default: ;") == "");
}

TEST_CASE("comments, strings, splices and directives hide what stands in them") {
  CHECK(marks_in("/* f(); */ // g(); \\\n h();\n\"i()\"; '\"'; j();") == "j@5/5");
  CHECK(marks_in("\"a\\\"f()\\\nb\"; g();") == "g@4/4");
  CHECK(marks_in("na\\\nme(1);") == "name@3/3");
  CHECK(marks_in("#define X f(1)\n  # define Y(a) \\\n   { g(a);\nh();") == "h@6/6");
  const CSource source = scan_c("#define f(a) \\\n  g(a) \\\n  h(a)\n  #  define other 1\n#undef x\n");
  REQUIRE(source.macros.size() == 2);
  CHECK(source.macros[0].name == "f");
  CHECK(source.macros[0].line == 1);
  CHECK(source.macros[0].last_line == 3);
  CHECK(source.macros[1].name == "other");
  CHECK(source.macros[1].line == 4);
}

TEST_CASE("all sides of a conditional are read from the same braces") {
  CHECK(names_of(scan_c("#ifdef A\nint f(int a) {\n#else\nint f(void) {\n#endif\n g();\n}\nint h(void) {}\n")) ==
        "f:2,2-7 f:4,4-4 h:8,8-8");
  CHECK(names_of(
            scan_c("int f(void)\n{\n#if A\n if (x) {\n#elif B\n if (y) {\n#else\n {\n#endif\n }\n}\nint g(void) {}")) ==
        "f:1,1-11 g:12,12-12");
  CHECK(marks_in("#if A\nf();\n#else\ng();\n#endif\nh();") == "f@4/4 g@6/6 h@8/8");
  CHECK(marks_in("#if 0 /* old */\nf(); }\n#if X\n#else\n#endif\n#else\ng();\n#endif\nh();") == "g@9/9 h@11/11");
  CHECK(marks_in("#if 0\nf(); {\n#endif\nh();") == "h@6/6");
}

TEST_CASE("text that is no whole C file is read to its end") {
  CHECK(names_of(scan_c("")) == "");
  CHECK(names_of(scan_c("int f(void) { g();")) == "f:1,1-1");
  CHECK(names_of(scan_c("int f(void)\n{\n g(); /* never closed\n}\n")) == "f:1,1-3");
  CHECK(names_of(scan_c("}}} ))) int f(void) {}")) == "f:1,1-1");
  CHECK(names_of(scan_c("#endif\n#else\n#elif X\nint f(void) {}\n#if 0\nint g(void) {}")) == "f:4,4-4");
  CHECK(names_of(scan_c("int f(a) int a; { return a; }\nint g(void) {}")) == "g:2,2-2");
  CHECK(names_of(scan_c("char *s = \"not closed\nint f(void) {}\n'\n")) == "");
  CHECK(names_of(scan_c(std::string("\0\\\x80#\"", 5))) == "");
}
