tenure compare --engine explicit --all -p leak -p double-free examples/02-leak.json
