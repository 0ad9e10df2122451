# nothing is proved of what is violated, so that there is nothing to write
tenure verify --certificate proofs -p leak examples/02-leak.json
