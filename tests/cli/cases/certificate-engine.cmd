tenure verify --engine explicit --certificate proofs examples/02-leak.json
