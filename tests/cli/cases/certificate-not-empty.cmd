setup: mkdir proofs && touch proofs/mine
tenure verify --certificate proofs examples/02-leak.json
