tenure compare --engine explicit --from old --to new examples/02-leak.json specs/drivers/minimal
