# a formula is negated
tenure check-certificate --specs certificates/specs certificates/edited-formula
