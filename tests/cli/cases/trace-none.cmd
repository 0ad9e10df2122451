# no counterexample: says so on standard error
tenure trace --engine explicit -p double-free examples/02-leak.json
