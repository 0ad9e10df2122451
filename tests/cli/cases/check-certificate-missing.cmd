setup: mkdir proofs
tenure check-certificate proofs
